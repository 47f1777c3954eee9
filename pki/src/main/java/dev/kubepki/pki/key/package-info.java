/// Keys: algorithms, generation, signing, the PEM forms that tools write, and the choice of crypto provider.
@NullMarked
package dev.kubepki.pki.key;

import org.jspecify.annotations.NullMarked;
