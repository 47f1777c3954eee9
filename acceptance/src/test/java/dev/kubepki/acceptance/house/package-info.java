/// The outside of the house: the launcher of a clone, and the archive for machines without Java.
@NullMarked
package dev.kubepki.acceptance.house;

import org.jspecify.annotations.NullMarked;
