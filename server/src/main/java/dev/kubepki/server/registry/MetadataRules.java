package dev.kubepki.server.registry;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.kind.GroupVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What is wrong with an object's metadata, in the order in which the API tells it.
final class MetadataRules {
    private static final int ANNOTATIONS_LIMIT = 262_144;
    private static final String IMMUTABLE = "field is immutable";
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private MetadataRules() {}

    /// Of a new object. The rule of path segments is not among these: it is judged later.
    static List<FieldError> forCreate(Metadata metadata, Resource resource) {
        List<FieldError> errors = new ArrayList<>(0);
        String generateName = metadata.text("generateName");
        if (!generateName.isEmpty()) {
            errors.addAll(generateNameErrors(generateName, resource.strategy()));
        }
        if (metadata.name().isEmpty()) {
            errors.add(FieldError.of(FieldError.Type.REQUIRED, "metadata.name", "name or generateName is required"));
        } else {
            errors.addAll(resource.strategy().validateName(metadata.name(), "metadata.name"));
        }
        common(metadata, resource, errors);
        return errors;
    }

    /// The rule of all names, judged when nothing else is wrong.
    static List<FieldError> pathSegment(Metadata metadata) {
        List<FieldError> errors = new ArrayList<>(0);
        invalid(errors, "metadata.name", metadata.name(), NameRules.pathSegment(metadata.name()));
        return errors;
    }

    /// Of a changed object.
    static List<FieldError> forUpdate(Metadata metadata, Metadata old, Resource resource) {
        List<FieldError> errors = new ArrayList<>(pathSegment(metadata));
        common(metadata, resource, errors);
        if (old.isDeleting()) {
            noNewFinalizers(metadata, old, errors);
        }
        immutable(metadata, old, "name", errors);
        immutable(metadata, old, "namespace", errors);
        immutable(metadata, old, "uid", errors);
        immutable(metadata, old, "creationTimestamp", errors);
        immutable(metadata, old, "deletionTimestamp", errors);
        immutable(metadata, old, "deletionGracePeriodSeconds", errors);
        return errors;
    }

    private static List<FieldError> generateNameErrors(String generateName, Strategy strategy) {
        // A dash at its end is none at the end of the name.
        String masked = generateName.length() > 1 && generateName.endsWith("-")
                ? generateName.substring(0, generateName.length() - 2) + "a"
                : generateName;
        return strategy.validateName(masked, "metadata.generateName").stream()
                .map(error -> new FieldError(
                        error.type(),
                        error.field(),
                        error.text().replace(Rendering.quote(masked), Rendering.quote(generateName))))
                .toList();
    }

    private static void common(Metadata metadata, Resource resource, List<FieldError> errors) {
        namespace(metadata, resource, errors);
        if (metadata.generation() < 0) {
            String generation = Long.toString(metadata.generation());
            String text = "must be greater than or equal to 0";
            errors.add(FieldError.of(FieldError.Type.INVALID, "metadata.generation", generation, text));
        }
        metadata.labels().forEach((key, value) -> {
            invalid(errors, "metadata.labels", key, NameRules.qualifiedName(key));
            invalid(errors, "metadata.labels", value, NameRules.labelValue(value));
        });
        annotations(metadata, errors);
        ArrayNode owners = metadata.ownerReferences();
        if (owners != null) {
            owners(owners, errors);
        }
        finalizers(metadata, errors);
    }

    private static void namespace(Metadata metadata, Resource resource, List<FieldError> errors) {
        String namespace = metadata.namespace();
        if (!resource.kind().namespaced()) {
            if (!namespace.isEmpty()) {
                errors.add(FieldError.of(FieldError.Type.FORBIDDEN, "metadata.namespace", "not allowed on this type"));
            }
        } else if (namespace.isEmpty()) {
            errors.add(FieldError.of(FieldError.Type.REQUIRED, "metadata.namespace", ""));
        } else {
            invalid(errors, "metadata.namespace", namespace, NameRules.dnsLabel(namespace));
        }
    }

    private static void annotations(Metadata metadata, List<FieldError> errors) {
        long size = 0;
        for (Map.Entry<String, String> entry : metadata.annotations().entrySet()) {
            invalid(errors, "metadata.annotations", entry.getKey(), NameRules.annotationKey(entry.getKey()));
            size += length(entry.getKey()) + length(entry.getValue());
        }
        if (size > ANNOTATIONS_LIMIT) {
            String text = "may not be more than " + ANNOTATIONS_LIMIT + " bytes";
            errors.add(FieldError.of(FieldError.Type.TOO_LONG, "metadata.annotations", text));
        }
    }

    private static long length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void owners(ArrayNode owners, List<FieldError> errors) {
        String controller = "";
        for (int i = 0; i < owners.size(); i++) {
            JsonNode owner = owners.get(i);
            owner(owner, "metadata.ownerReferences[" + i + "]", errors);
            if (owner.path("controller").asBoolean(false)) {
                String current = owner.path("kind").asString("") + "/"
                        + owner.path("name").asString("");
                if (controller.isEmpty()) {
                    controller = current;
                } else {
                    String text = "Only one reference can have Controller set to true."
                            + " Found \"true\" in references for " + controller + " and " + current;
                    errors.add(FieldError.of(
                            FieldError.Type.INVALID, "metadata.ownerReferences", Rendering.value(owners), text));
                }
            }
        }
    }

    private static void owner(JsonNode owner, String path, List<FieldError> errors) {
        String apiVersion = owner.path("apiVersion").asString("");
        String kind = owner.path("kind").asString("");
        GroupVersion parsed = GroupVersion.parse(apiVersion);
        if (apiVersion.isEmpty()) {
            errors.add(FieldError.of(FieldError.Type.REQUIRED, path + ".apiVersion", "must not be empty"));
        } else if (parsed.version().isEmpty() || parsed.version().indexOf('/') >= 0) {
            String text = "must be <group>/<version> or <version>";
            errors.add(FieldError.of(FieldError.Type.INVALID, path + ".apiVersion", Rendering.quote(apiVersion), text));
        }
        for (String field : List.of("kind", "name", "uid")) {
            if (owner.path(field).asString("").isEmpty()) {
                errors.add(FieldError.of(FieldError.Type.REQUIRED, path + "." + field, "must not be empty"));
            }
        }
        if (apiVersion.equals("v1") && kind.equals("Event")) {
            String text = "/v1, Kind=Event is disallowed from being an owner";
            errors.add(FieldError.of(FieldError.Type.INVALID, path, Rendering.value(owner), text));
        }
    }

    private static void finalizers(Metadata metadata, List<FieldError> errors) {
        List<String> finalizers = metadata.finalizers();
        for (String finalizer : finalizers) {
            invalid(errors, "metadata.finalizers", finalizer, NameRules.qualifiedName(finalizer));
        }
        if (finalizers.contains(ORPHAN) && finalizers.contains(FOREGROUND)) {
            String text = "finalizer " + ORPHAN + " and " + FOREGROUND + " cannot be both set";
            String rendered = Rendering.value(metadata.node().path("finalizers"));
            errors.add(FieldError.of(FieldError.Type.INVALID, "metadata.finalizers", rendered, text));
        }
    }

    private static void noNewFinalizers(Metadata metadata, Metadata old, List<FieldError> errors) {
        TreeSet<String> added = new TreeSet<>(metadata.finalizers());
        old.finalizers().forEach(added::remove);
        if (!added.isEmpty()) {
            String list = added.stream().map(Rendering::quote).collect(Collectors.joining(", ", "[]string{", "}"));
            String text = "no new finalizers can be added if the object is being deleted, found new finalizers ";
            errors.add(FieldError.of(FieldError.Type.FORBIDDEN, "metadata.finalizers", text + list));
        }
    }

    private static void immutable(Metadata metadata, Metadata old, String field, List<FieldError> errors) {
        JsonNode now = metadata.node().get(field);
        JsonNode before = old.node().get(field);
        String text = now == null ? "" : now.asString("");
        if (!text.equals(before == null ? "" : before.asString(""))) {
            boolean quoted = now == null || now.isString();
            errors.add(FieldError.of(
                    FieldError.Type.INVALID, "metadata." + field, quoted ? Rendering.quote(text) : text, IMMUTABLE));
        }
    }

    private static void invalid(List<FieldError> errors, String field, String value, List<String> complaints) {
        for (String complaint : complaints) {
            errors.add(FieldError.of(FieldError.Type.INVALID, field, Rendering.quote(value), complaint));
        }
    }
}
