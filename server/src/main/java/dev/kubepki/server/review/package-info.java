/// Reviews: what is asked of the server and answered at once, and never stored.
@NullMarked
package dev.kubepki.server.review;

import org.jspecify.annotations.NullMarked;
