/// Keys, bytes and revisions: the seam to what keeps them, and the stores behind it.
@NullMarked
package dev.kubepki.server.store;

import org.jspecify.annotations.NullMarked;
