package dev.kubepki.server.http;

import dev.kubepki.api.codec.Format;
import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.StatusObject;
import dev.kubepki.api.table.Tables;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/// Events with tables of one row; the first one tells what the columns are.
final class TableFrames implements WatchFrames {
    private final Target target;
    private final MediaType representation;
    private final Tables tables;
    private final Encoder encoder;
    private final Clock clock;
    private boolean told;

    TableFrames(Target target, MediaType representation, Tables tables, Encoder encoder, Clock clock) {
        this.target = target;
        this.representation = representation;
        this.tables = tables;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return representation.watchContentType();
    }

    @Override
    public byte[] event(WatchSink.Type type, StoredObject object) {
        return table(type.name(), object.tree(target.apiVersion()));
    }

    @Override
    public byte[] bookmark(long revision, boolean initialEventsEnd) {
        return table("BOOKMARK", Bookmarks.of(target, revision, initialEventsEnd));
    }

    private byte[] table(String type, ObjectNode object) {
        ObjectNode table = tables.event(object, !told, clock.instant());
        told = true;
        return encoder.frame(type, table, Format.JSON);
    }

    @Override
    public byte[] error(ApiFailure failure) {
        return encoder.frame("ERROR", StatusObject.of(failure), Format.JSON);
    }
}
