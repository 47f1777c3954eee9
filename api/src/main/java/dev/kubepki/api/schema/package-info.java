/// What the fields of each kind are: JSON names, protobuf numbers, types, list and merge keys.
@NullMarked
package dev.kubepki.api.schema;

import org.jspecify.annotations.NullMarked;
