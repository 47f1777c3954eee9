/// What kubepki reads and writes, held against real kubectl.
@NullMarked
package dev.kubepki.acceptance.document;

import org.jspecify.annotations.NullMarked;
