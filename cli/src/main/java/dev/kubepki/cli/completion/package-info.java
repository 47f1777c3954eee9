/// Completion scripts for the shells, made from the table of commands.
@NullMarked
package dev.kubepki.cli.completion;

import org.jspecify.annotations.NullMarked;
