package dev.kubepki.api.openapi;

import dev.kubepki.api.kind.GroupVersionKind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What can be done with a path.
///
/// @param method `get` and so on
/// @param id a name of its own
/// @param description one sentence
/// @param tag of the group and version
/// @param action what Kubernetes calls it: `list`, `watchlist` …; empty when it is not about a kind
/// @param kind of which it is; null when it is not about a kind
/// @param parameters besides those of the path
/// @param body null when there is none
/// @param responses those of success
record Operation(
        String method,
        String id,
        String description,
        String tag,
        String action,
        @Nullable GroupVersionKind kind,
        List<Parameter> parameters,
        @Nullable Body body,
        List<Response> responses) {
    /// In which a patch may come.
    static final List<String> PATCHES = List.of(
            "application/apply-patch+yaml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json");

    private static final List<String> ANY = List.of("*/*");
    private static final List<String> ANSWERS =
            List.of("application/json", "application/vnd.kubernetes.protobuf", "application/yaml");
    private static final List<String> STREAMS = List.of(
            "application/json",
            "application/json;stream=watch",
            "application/vnd.kubernetes.protobuf",
            "application/vnd.kubernetes.protobuf;stream=watch",
            "application/yaml");

    /// A reference to a schema, made where the document keeps its schemas.
    @FunctionalInterface
    interface Reference extends Function<Definitions, ObjectNode> {
        /// To a kind.
        static Reference to(GroupVersionKind kind) {
            return definitions -> definitions.kind(kind);
        }

        /// To a message of every group.
        static Reference toMeta(String name) {
            return definitions -> definitions.meta(name);
        }
    }

    /// What is sent.
    record Body(Reference schema, boolean required, List<String> types) {
        /// An object of a kind.
        static Body of(GroupVersionKind kind) {
            return new Body(Reference.to(kind), true, ANY);
        }

        /// A patch.
        static Body patch() {
            return new Body(Reference.toMeta("Patch"), true, PATCHES);
        }

        /// Options of a deletion, which may be left out.
        static Body deletion() {
            return new Body(Reference.toMeta("DeleteOptions"), false, ANY);
        }
    }

    /// What is answered.
    record Response(int code, Reference schema) {
        /// Its description.
        String text() {
            return switch (code) {
                case 201 -> "Created";
                case 202 -> "Accepted";
                default -> "OK";
            };
        }
    }

    /// Responses of these codes.
    static List<Response> responses(Reference schema, int... codes) {
        return Arrays.stream(codes).mapToObj(code -> new Response(code, schema)).toList();
    }

    /// In which it answers; lists and watches may be streams.
    List<String> types() {
        return action.equals("list") || action.startsWith("watch") ? STREAMS : ANSWERS;
    }
}
