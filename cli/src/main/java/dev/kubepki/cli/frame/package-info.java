/// What every command of the program shares: the table's values, parsing, help, output forms, failures and exit codes.
@NullMarked
package dev.kubepki.cli.frame;

import org.jspecify.annotations.NullMarked;
