package dev.kubepki.api.table;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A column of a kind's table.
///
/// @param name such as `Requestor`
/// @param type `string`, `integer`, `boolean` or `date`
/// @param format `name` for the one that names the object, else empty
/// @param priority 0, or 1 for wide output
/// @param description one sentence
/// @param cell what it shows of an object
record Column(String name, String type, String format, int priority, String description, Cell cell) {
    /// Makes a cell.
    @FunctionalInterface
    interface Cell {
        /// Of an object, which may lack any field.
        JsonNode of(JsonNode object, Instant now);
    }

    /// A text.
    static Column of(String name, String description, Cell cell) {
        return new Column(name, "string", "", 0, description, cell);
    }

    /// A text in wide output.
    static Column wide(String name, String description, Cell cell) {
        return new Column(name, "string", "", 1, description, cell);
    }

    /// A number.
    static Column number(String name, String description, Cell cell) {
        return new Column(name, "integer", "", 0, description, cell);
    }

    /// The first column of nearly every kind.
    static Column named() {
        return new Column("Name", "string", "name", 0, "The object's name.", Cells.text("metadata.name"));
    }

    /// How old an object is.
    static Column aged() {
        return of("Age", "How long ago the object was created.", Cells.since("metadata.creationTimestamp"));
    }

    /// Its entry in `columnDefinitions`.
    void define(ObjectNode definition) {
        definition
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", description)
                .put("priority", priority);
    }
}
