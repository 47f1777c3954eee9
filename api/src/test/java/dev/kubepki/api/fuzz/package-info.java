/// Foreign bytes against the decoders.
@NullMarked
package dev.kubepki.api.fuzz;

import org.jspecify.annotations.NullMarked;
