/// The four kinds of patch and the owners of fields, as pure functions of trees.
@NullMarked
package dev.kubepki.server.patch;

import org.jspecify.annotations.NullMarked;
