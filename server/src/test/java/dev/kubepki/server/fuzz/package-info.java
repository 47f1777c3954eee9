/// Foreign bytes against patches and tokens.
@NullMarked
package dev.kubepki.server.fuzz;

import org.jspecify.annotations.NullMarked;
