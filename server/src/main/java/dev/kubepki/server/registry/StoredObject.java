package dev.kubepki.server.registry;

import tools.jackson.databind.node.ObjectNode;

/// An object as the store has it: JSON of the storage version, without a resourceVersion, and the revision that is one.
///
/// Most answers splice the revision into the bytes and never build a tree.
public interface StoredObject {
    /// The store's key.
    String key();

    /// The revision of its last write.
    long revision();

    /// The JSON as stored: `{"kind":…,"apiVersion":…,"metadata":{…`, with no resourceVersion. Not to be changed.
    byte[] json();

    /// A private tree with the resourceVersion in it, in the version given (only apiVersion differs between versions).
    ObjectNode tree(String apiVersion);

    /// The JSON with the resourceVersion in it, in the version given; a list item's leaves out kind and apiVersion.
    byte[] json(String apiVersion, boolean listItem);
}
