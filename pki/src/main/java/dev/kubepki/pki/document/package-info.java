/// YAML and JSON text as a tree of values that know their lines, and back, byte for byte as `kubectl` writes them.
@NullMarked
package dev.kubepki.pki.document;

import org.jspecify.annotations.NullMarked;
