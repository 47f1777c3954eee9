package dev.kubepki.server.http;

import dev.kubepki.api.codec.Format;
import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.StatusObject;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;

/// Events with the objects themselves.
final class ObjectFrames implements WatchFrames {
    private final Target target;
    private final MediaType representation;
    private final Format format;
    private final Encoder encoder;
    private final FrameCache cache;
    private final String form;

    ObjectFrames(Target target, MediaType representation, Encoder encoder, FrameCache cache) {
        this.target = target;
        this.representation = representation;
        this.format = representation.format();
        this.encoder = encoder;
        this.cache = cache;
        this.form = format + " " + target.apiVersion();
    }

    @Override
    public String contentType() {
        return representation.watchContentType();
    }

    @Override
    public byte[] event(WatchSink.Type type, StoredObject object) {
        return cache.get(object, type, form, () -> make(type, object));
    }

    private byte[] make(WatchSink.Type type, StoredObject object) {
        return format == Format.JSON
                ? JsonFrame.of(type.name(), object.json(target.apiVersion(), false))
                : encoder.frame(type.name(), object.tree(target.apiVersion()), format);
    }

    @Override
    public byte[] bookmark(long revision, boolean initialEventsEnd) {
        return encoder.frame("BOOKMARK", Bookmarks.of(target, revision, initialEventsEnd), format);
    }

    @Override
    public byte[] error(ApiFailure failure) {
        return encoder.frame("ERROR", StatusObject.of(failure), format);
    }
}
