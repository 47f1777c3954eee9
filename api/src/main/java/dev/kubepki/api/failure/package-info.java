/// What the API answers when it can't do what was asked: Status objects and field errors.
@NullMarked
package dev.kubepki.api.failure;

import org.jspecify.annotations.NullMarked;
