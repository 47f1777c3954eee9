/// What each kind allows: strategies, validation, selectors, the life of an object.
@NullMarked
package dev.kubepki.server.registry;

import org.jspecify.annotations.NullMarked;
