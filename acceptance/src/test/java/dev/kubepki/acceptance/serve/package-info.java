/// The certificates API of `kubepki serve`, as real clients see it.
@NullMarked
package dev.kubepki.acceptance.serve;

import org.jspecify.annotations.NullMarked;
