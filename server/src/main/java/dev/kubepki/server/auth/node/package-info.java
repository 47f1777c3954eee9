/// What a node may do: what belongs to it, and to the pods that run on it.
@NullMarked
package dev.kubepki.server.auth.node;

import org.jspecify.annotations.NullMarked;
