/// Objects as the tables that people read: columns and cells by kind.
@NullMarked
package dev.kubepki.api.table;

import org.jspecify.annotations.NullMarked;
