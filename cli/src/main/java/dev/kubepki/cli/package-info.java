/// The one program: a table of commands, one class a command.
@NullMarked
package dev.kubepki.cli;

import org.jspecify.annotations.NullMarked;
