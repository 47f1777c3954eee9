/// Signers: what each signs, with which CA, and the loop that does it.
@NullMarked
package dev.kubepki.server.controller.sign;

import org.jspecify.annotations.NullMarked;
