/// What the documents show is what happens.
@NullMarked
package dev.kubepki.acceptance.docs;

import org.jspecify.annotations.NullMarked;
