package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;

/// Frames of a letter or two.
final class NoFrames implements WatchFrames {
    @Override
    public String contentType() {
        return "text/plain";
    }

    @Override
    public byte[] event(WatchSink.Type type, StoredObject object) {
        return type.name().getBytes(UTF_8);
    }

    @Override
    public byte[] bookmark(long revision, boolean initialEventsEnd) {
        return ("b" + revision).getBytes(UTF_8);
    }

    @Override
    public byte[] error(ApiFailure failure) {
        return "e".getBytes(UTF_8);
    }
}
