package dev.kubepki.server.registry;

import tools.jackson.databind.JsonNode;

/// All that can be done with resources: what the HTTP layer calls, and controllers inside the server too.
///
/// Failures are [dev.kubepki.api.failure.ApiFailure]. Authorization of the request itself was done before; admission
/// and the checks that need the objects (approve, sign, attest, escalate, bind) are done inside.
public interface Operations {
    /// GET of a name.
    StoredObject get(Call call, Options.Get options);

    /// GET of a collection.
    ObjectList list(Call call, Options.ListWatch options);

    /// Watch of a collection or of a name. Events come from a thread of the watch's own or the store's; closing the
    /// handle ends it. A failure before the first event is thrown.
    AutoCloseable watch(Call call, Options.ListWatch options, WatchSink sink);

    /// POST, reviews and subresources such as `token` included.
    Answer create(Call call, Body body, Options.Write options);

    /// PUT.
    Answer update(Call call, Body body, Options.Write options);

    /// PATCH.
    ///
    /// @param type the media type of the patch without parameters
    /// @param patch decoded from JSON or YAML; duplicates as strict errors beside it
    Answer patch(Call call, String type, JsonNode patch, java.util.List<String> duplicates, Options.Write options);

    /// DELETE of a name: a Status or the object.
    Answer delete(Call call, Options.Delete options);

    /// DELETE of a collection: the list of what was deleted.
    ObjectList deleteCollection(Call call, Options.ListWatch selection, Options.Delete options);
}
