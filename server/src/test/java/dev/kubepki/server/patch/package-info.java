@NullMarked
package dev.kubepki.server.patch;

import org.jspecify.annotations.NullMarked;
