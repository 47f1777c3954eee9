/// What removes requests that nobody needs any longer.
@NullMarked
package dev.kubepki.server.controller.clean;

import org.jspecify.annotations.NullMarked;
