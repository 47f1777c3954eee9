/// Certificates for keys that stay where they are: requests, their signing elsewhere, and whole sets as archives.
@NullMarked
package dev.kubepki.pki.exchange;

import org.jspecify.annotations.NullMarked;
