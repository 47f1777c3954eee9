/// The server as a whole: what it is started with, and how its parts are put together.
@NullMarked
package dev.kubepki.server;

import org.jspecify.annotations.NullMarked;
