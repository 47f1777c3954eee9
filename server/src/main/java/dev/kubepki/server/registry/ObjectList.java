package dev.kubepki.server.registry;

import java.util.List;

/// A page of a list.
///
/// @param revision its resourceVersion
/// @param continueToken empty on the last page
/// @param remaining remainingItemCount; negative: not told
public record ObjectList(List<StoredObject> items, long revision, String continueToken, long remaining) {}
