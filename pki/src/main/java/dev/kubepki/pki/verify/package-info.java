/// Whether a certificate may be believed: path building and validation (RFC 5280 §6), and why not where it may not.
@NullMarked
package dev.kubepki.pki.verify;

import org.jspecify.annotations.NullMarked;
