/// The commands, one class each; `Commands` lists them.
@NullMarked
package dev.kubepki.cli.command;

import org.jspecify.annotations.NullMarked;
