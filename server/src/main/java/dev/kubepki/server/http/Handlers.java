package dev.kubepki.server.http;

import dev.kubepki.api.codec.Bodies;
import dev.kubepki.api.codec.Decoded;
import dev.kubepki.api.codec.Format;
import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.codec.UnknownFields;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.registry.Body;
import dev.kubepki.server.registry.Operations;
import dev.kubepki.server.registry.Options;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is done for each verb: options and body are read, the operation is called, its answer is shown.
final class Handlers {
    private static final GroupVersionKind DELETE_OPTIONS = new GroupVersionKind("", "v1", "DeleteOptions");
    private static final String APPLY = "application/apply-patch+yaml";
    private static final Set<String> PATCHES = Set.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            APPLY);

    private final Operations operations;
    private final Negotiation negotiation;
    private final Presentation presentation;
    private final Bodies bodies;
    private final PatchReader patches;

    /// Answers a verb.
    interface Handler {
        Reply handle(Exchange exchange, Target target);
    }

    Handlers(
            Operations operations,
            Negotiation negotiation,
            Presentation presentation,
            Bodies bodies,
            PatchReader patches) {
        this.operations = operations;
        this.negotiation = negotiation;
        this.presentation = presentation;
        this.bodies = bodies;
        this.patches = patches;
    }

    /// By verb; watches are another matter.
    Map<String, Handler> table() {
        return Map.of(
                "get", this::get,
                "list", this::list,
                "create", this::create,
                "update", this::update,
                "patch", this::patch,
                "delete", this::delete,
                "deletecollection", this::deleteCollection);
    }

    private MediaType form(Exchange exchange, Negotiation.Use use) {
        return negotiation.of(exchange.request(), exchange.query(), use);
    }

    private Reply get(Exchange exchange, Target target) {
        MediaType form = form(exchange, Negotiation.Use.ONE);
        return presentation.stored(
                operations.get(target.call(exchange), QueryOptions.get(exchange.query())), target, form, exchange);
    }

    private Reply list(Exchange exchange, Target target) {
        MediaType form = form(exchange, Negotiation.Use.LIST);
        return presentation.list(
                operations.list(target.call(exchange), QueryOptions.list(exchange.query())), target, form, exchange);
    }

    private Reply create(Exchange exchange, Target target) {
        MediaType form = form(exchange, Negotiation.Use.ONE);
        Options.Write options = QueryOptions.write(exchange.query(), "CreateOptions");
        return presentation.answer(
                operations.create(target.call(exchange), body(exchange, target), options), target, form, exchange);
    }

    private Reply update(Exchange exchange, Target target) {
        MediaType form = form(exchange, Negotiation.Use.ONE);
        Options.Write options = QueryOptions.write(exchange.query(), "UpdateOptions");
        return presentation.answer(
                operations.update(target.call(exchange), body(exchange, target), options), target, form, exchange);
    }

    private Body body(Exchange exchange, Target target) {
        Format format = MediaType.ofBody(exchange.request().header("Content-Type"));
        boolean free = target.kind().support() == Kind.Support.KNOWN;
        Decoded<ObjectNode> decoded = bodies.read(
                exchange.request().body(), format, target.bodyKind(), free ? UnknownFields.KEEP : UnknownFields.DROP);
        exchange.sent(decoded.tree());
        return new Body(decoded.tree(), decoded.problems());
    }

    /// The media type of the body, without its parameters.
    private static String typeOf(ApiRequest request) {
        String header = request.value("Content-Type");
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private Reply patch(Exchange exchange, Target target) {
        String type = typeOf(exchange.request());
        if (!PATCHES.contains(type)) {
            throw Failures.unsupportedPatchType();
        }
        MediaType form = form(exchange, Negotiation.Use.ONE);
        Options.Write options = QueryOptions.write(exchange.query(), "PatchOptions");
        Decoded<JsonNode> document = patches.read(exchange.request().body(), type.equals(APPLY));
        exchange.sent(document.tree());
        return presentation.answer(
                operations.patch(target.call(exchange), type, document.tree(), document.problems(), options),
                target,
                form,
                exchange);
    }

    private Reply delete(Exchange exchange, Target target) {
        MediaType form = form(exchange, Negotiation.Use.ONE);
        return presentation.answer(
                operations.delete(target.call(exchange), deleteOptions(exchange)), target, form, exchange);
    }

    private Reply deleteCollection(Exchange exchange, Target target) {
        MediaType form = form(exchange, Negotiation.Use.ONE);
        Options.Delete options = deleteOptions(exchange);
        return presentation.list(
                operations.deleteCollection(target.call(exchange), QueryOptions.list(exchange.query()), options),
                target,
                form,
                exchange);
    }

    /// Those of the body; without one, those of the query.
    private Options.Delete deleteOptions(Exchange exchange) {
        byte[] body = exchange.request().body();
        if (body.length == 0) {
            return QueryOptions.delete(exchange.query());
        }
        Format format = MediaType.ofBody(exchange.request().header("Content-Type"));
        ObjectNode options =
                bodies.read(body, format, DELETE_OPTIONS, UnknownFields.DROP).tree();
        exchange.sent(options);
        return BodyOptions.delete(options);
    }
}
