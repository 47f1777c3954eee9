/// What a file is and what it says: certificates, requests, revocation lists, keys, keystores, tokens, and the
/// Kubernetes objects that carry them. Reads bytes, never files, and shows no secret.
@NullMarked
package dev.kubepki.pki.inspect;

import org.jspecify.annotations.NullMarked;
