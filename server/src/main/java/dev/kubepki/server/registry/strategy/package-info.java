/// The rules of each kind: one strategy a kind, and the table of them.
@NullMarked
package dev.kubepki.server.registry.strategy;

import org.jspecify.annotations.NullMarked;
