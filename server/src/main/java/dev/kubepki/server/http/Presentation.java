package dev.kubepki.server.http;

import dev.kubepki.api.codec.Format;
import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.table.IncludeObject;
import dev.kubepki.api.table.PartialMetadata;
import dev.kubepki.api.table.Tables;
import dev.kubepki.server.registry.Answer;
import dev.kubepki.server.registry.ObjectList;
import dev.kubepki.server.registry.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What operations answer, in the form that the client asked for.
final class Presentation {
    private final Encoder encoder;
    private final Clock clock;

    Presentation(Encoder encoder, Clock clock) {
        this.encoder = encoder;
        this.clock = clock;
    }

    Encoder encoder() {
        return encoder;
    }

    /// One object; in the usual form without a tree.
    Reply stored(StoredObject object, Target target, MediaType form, Exchange exchange) {
        if (isPlainJson(form)) {
            return Reply.of(200, Reply.JSON, JsonPieces.line(object.json(target.apiVersion(), false)));
        }
        ObjectNode tree = object.tree(target.apiVersion());
        exchange.answered(tree);
        return encoder.reply(200, shown(tree, target, form, exchange), form);
    }

    /// An object or a Status that an operation made.
    Reply answer(Answer answer, Target target, MediaType form, Exchange exchange) {
        ObjectNode object = answer.object();
        exchange.answered(object);
        StoredObject stored = answer.stored();
        if (stored != null && isPlainJson(form)) {
            return Reply.of(answer.code(), Reply.JSON, JsonPieces.line(stored.json(target.apiVersion(), false)));
        }
        if (object.path("kind").asString("").equals("Status")) {
            return encoder.reply(answer.code(), object, Negotiation.plain(form));
        }
        return encoder.reply(answer.code(), shown(object, target, form, exchange), form);
    }

    /// Whether stored bytes can be sent without a look at them.
    private static boolean isPlainJson(MediaType form) {
        return form.format() == Format.JSON && form.as() == MediaType.As.OBJECT && !form.pretty();
    }

    private ObjectNode shown(ObjectNode object, Target target, MediaType form, Exchange exchange) {
        return switch (form.as()) {
            case OBJECT -> object;
            case TABLE -> tables(target, form, exchange).single(object, clock.instant());
            case PARTIAL, PARTIAL_LIST -> PartialMetadata.of(object, form.version());
        };
    }

    /// A list; in the usual form piece by piece, from the bytes in which its items are stored.
    Reply list(ObjectList list, Target target, MediaType form, Exchange exchange) {
        ObjectNode metadata = metadata(list);
        if (isPlainJson(form)) {
            ObjectNode empty = list(target, metadata);
            return JsonPieces.list(Json.line(empty), list.items(), target.apiVersion());
        }
        if (form.as() == MediaType.As.OBJECT) {
            ObjectNode whole = list(target, metadata);
            ArrayNode items = whole.putArray("items");
            for (StoredObject object : list.items()) {
                ObjectNode item = object.tree(target.apiVersion());
                item.remove(List.of("kind", "apiVersion"));
                items.add(item);
            }
            return encoder.reply(200, whole, form);
        }
        List<ObjectNode> trees = new ArrayList<>(list.items().size());
        list.items().forEach(object -> trees.add(object.tree(target.apiVersion())));
        ObjectNode shown = form.as() == MediaType.As.TABLE
                ? tables(target, form, exchange).list(metadata, trees, clock.instant())
                : PartialMetadata.list(metadata, trees, form.version());
        return encoder.reply(200, shown, form);
    }

    private static ObjectNode list(Target target, ObjectNode metadata) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", target.kind().name() + "List").put("apiVersion", target.apiVersion());
        list.set("metadata", metadata);
        return list;
    }

    private static ObjectNode metadata(ObjectList list) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Long.toString(list.revision()));
        if (!list.continueToken().isEmpty()) {
            metadata.put("continue", list.continueToken());
        }
        if (list.remaining() > 0) {
            metadata.put("remainingItemCount", list.remaining());
        }
        return metadata;
    }

    /// Tables for one request; `includeObject` says what their rows carry.
    static Tables tables(Target target, MediaType form, Exchange exchange) {
        String include = exchange.query().text("includeObject");
        IncludeObject carried = IncludeObject.parse(include)
                .orElseThrow(() -> Failures.badRequest("unrecognized includeObject value: \"" + include + "\""));
        return new Tables(target.kind(), target.version(), form.version(), carried);
    }
}
