/// Every parser that reads foreign bytes, under hostile input.
@NullMarked
package dev.kubepki.pki.fuzz;

import org.jspecify.annotations.NullMarked;
