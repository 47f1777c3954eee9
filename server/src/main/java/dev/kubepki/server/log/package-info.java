/// What the program writes down of its own doings: one line each.
@NullMarked
package dev.kubepki.server.log;

import org.jspecify.annotations.NullMarked;
