package dev.kubepki.server.http;

import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.StatusObject;
import dev.kubepki.api.table.PartialMetadata;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;

/// Events with the metadata of objects alone.
final class PartialFrames implements WatchFrames {
    private final Target target;
    private final MediaType representation;
    private final Encoder encoder;
    private final FrameCache cache;
    private final String form;

    PartialFrames(Target target, MediaType representation, Encoder encoder, FrameCache cache) {
        this.target = target;
        this.representation = representation;
        this.encoder = encoder;
        this.cache = cache;
        this.form = representation.format() + " partial " + representation.version();
    }

    @Override
    public String contentType() {
        return representation.watchContentType();
    }

    @Override
    public byte[] event(WatchSink.Type type, StoredObject object) {
        return cache.get(
                object,
                type,
                form,
                () -> encoder.frame(
                        type.name(),
                        PartialMetadata.of(object.tree(target.apiVersion()), representation.version()),
                        representation.format()));
    }

    @Override
    public byte[] bookmark(long revision, boolean initialEventsEnd) {
        return encoder.frame(
                "BOOKMARK",
                PartialMetadata.of(Bookmarks.of(target, revision, initialEventsEnd), representation.version()),
                representation.format());
    }

    @Override
    public byte[] error(ApiFailure failure) {
        return encoder.frame("ERROR", StatusObject.of(failure), representation.format());
    }
}
