package dev.kubepki.api.client;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Objects of a list, each with its kind and version.
///
/// @param continueToken by which the next page is had; empty on the last
/// @param resourceVersion at which the list was read
public record ObjectPage(List<ObjectNode> items, String continueToken, String resourceVersion) {
    /// Copies the list.
    public ObjectPage {
        items = List.copyOf(items);
    }
}
