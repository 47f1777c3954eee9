/// Signing certificates in two steps: prepare (check everything), then issue (use the CA's key, once).
@NullMarked
package dev.kubepki.pki.issue;

import org.jspecify.annotations.NullMarked;
