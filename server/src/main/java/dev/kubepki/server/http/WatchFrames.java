package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;

/// Events as bytes, in the form that one client negotiated.
interface WatchFrames {
    /// The media type of the stream.
    String contentType();

    /// An object's event.
    byte[] event(WatchSink.Type type, StoredObject object);

    /// A bookmark.
    byte[] bookmark(long revision, boolean initialEventsEnd);

    /// The ERROR event that ends a watch.
    byte[] error(ApiFailure failure);
}
