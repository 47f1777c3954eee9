package dev.kubepki.api.discovery;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kind.Subresource;
import dev.kubepki.api.kind.Kind.Support;
import dev.kubepki.api.kind.ServedKinds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The documents by which clients find the kinds that are served. Each call makes a new tree; equal kinds, equal trees.
public final class Discovery {
    private final ServedKinds kinds;

    /// Of these kinds.
    public Discovery(ServedKinds kinds) {
        this.kinds = kinds;
    }

    /// `/api`.
    ///
    /// @param address host and port under which the server is reached
    public ObjectNode coreVersions(String address) {
        ObjectNode document = object().put("kind", "APIVersions");
        addAll(document.putArray("versions"), kinds.versions(""));
        document.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return document;
    }

    /// `/apis`.
    public ObjectNode groups() {
        ObjectNode document = object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = document.putArray("groups");
        for (String group : kinds.groups()) {
            if (!group.isEmpty()) {
                fill(groups.addObject(), group);
            }
        }
        return document;
    }

    /// `/apis/GROUP`.
    public Optional<ObjectNode> group(String group) {
        if (group.isEmpty() || kinds.versions(group).isEmpty()) {
            return Optional.empty();
        }
        ObjectNode document = object().put("kind", "APIGroup").put("apiVersion", "v1");
        return Optional.of(fill(document, group));
    }

    /// `/api/v1` and `/apis/GROUP/VERSION`.
    public Optional<ObjectNode> resources(GroupVersion groupVersion) {
        if (!kinds.serves(groupVersion)) {
            return Optional.empty();
        }
        ObjectNode document = object().put("kind", "APIResourceList");
        if (!groupVersion.group().isEmpty()) {
            document.put("apiVersion", "v1");
        }
        document.put("groupVersion", groupVersion.toString());
        ArrayNode resources = document.putArray("resources");
        for (Kind kind : kinds.kinds(groupVersion)) {
            addResource(resources.addObject(), kind);
            for (Subresource subresource : kind.subresources()) {
                addSubresource(resources.addObject(), kind, subresource);
            }
        }
        return Optional.of(document);
    }

    /// `/api` in the form that has everything in one document.
    ///
    /// @param version `v2` or `v2beta1`
    public ObjectNode aggregatedCore(String version) {
        return aggregated(version, List.of(""));
    }

    /// `/apis` in the form that has everything in one document.
    ///
    /// @param version `v2` or `v2beta1`
    public ObjectNode aggregatedGroups(String version) {
        return aggregated(
                version,
                kinds.groups().stream().filter(group -> !group.isEmpty()).toList());
    }

    private ObjectNode aggregated(String version, List<String> groups) {
        ObjectNode document =
                object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/" + version);
        document.putObject("metadata");
        ArrayNode items = document.putArray("items");
        for (String group : groups) {
            ObjectNode item = items.addObject();
            ObjectNode metadata = item.putObject("metadata");
            if (!group.isEmpty()) {
                metadata.put("name", group);
            }
            ArrayNode versions = item.putArray("versions");
            for (String each : kinds.versions(group)) {
                ObjectNode entry = versions.addObject().put("version", each);
                ArrayNode resources = entry.putArray("resources");
                kinds.kinds(new GroupVersion(group, each)).forEach(kind -> addAggregated(resources.addObject(), kind));
                entry.put("freshness", "Current");
            }
        }
        return document;
    }

    private ObjectNode fill(ObjectNode document, String group) {
        document.put("name", group);
        ArrayNode versions = document.putArray("versions");
        kinds.versions(group).forEach(version -> fillVersion(versions.addObject(), new GroupVersion(group, version)));
        String preferred = kinds.versions(group).getFirst();
        fillVersion(document.putObject("preferredVersion"), new GroupVersion(group, preferred));
        return document;
    }

    private static void fillVersion(ObjectNode entry, GroupVersion groupVersion) {
        entry.put("groupVersion", groupVersion.toString()).put("version", groupVersion.version());
    }

    private static void addResource(ObjectNode entry, Kind kind) {
        entry.put("name", kind.plural())
                .put("singularName", kind.singular())
                .put("namespaced", kind.namespaced())
                .put("kind", kind.name());
        addAll(entry.putArray("verbs"), kind.verbs());
        addUnlessEmpty(entry, "shortNames", kind.shortNames());
        addUnlessEmpty(entry, "categories", kind.categories());
        if (kind.support() != Support.REVIEW && kind.verbs().contains("update")) {
            entry.put("storageVersionHash", storageVersionHash(kind.storageKind()));
        }
    }

    private static void addSubresource(ObjectNode entry, Kind parent, Subresource subresource) {
        GroupVersionKind body = subresource.kind();
        entry.put("name", parent.plural() + "/" + subresource.name())
                .put("singularName", "")
                .put("namespaced", parent.namespaced());
        if (!body.version().isEmpty()) {
            entry.put("group", body.group()).put("version", body.version());
        }
        entry.put("kind", body.kind());
        addAll(entry.putArray("verbs"), subresource.verbs());
    }

    private static void addAggregated(ObjectNode entry, Kind kind) {
        entry.put("resource", kind.plural());
        addResponseKind(entry, new GroupVersionKind("", "", kind.name()));
        entry.put("scope", kind.namespaced() ? "Namespaced" : "Cluster").put("singularResource", kind.singular());
        addAll(entry.putArray("verbs"), kind.verbs());
        addUnlessEmpty(entry, "shortNames", kind.shortNames());
        addUnlessEmpty(entry, "categories", kind.categories());
        if (!kind.subresources().isEmpty()) {
            ArrayNode subresources = entry.putArray("subresources");
            for (Subresource subresource : kind.subresources()) {
                ObjectNode sub = subresources.addObject().put("subresource", subresource.name());
                addResponseKind(sub, subresource.kind());
                addAll(sub.putArray("verbs"), subresource.verbs());
            }
        }
    }

    /// Group and version stay empty where they are those of the list.
    private static void addResponseKind(ObjectNode entry, GroupVersionKind kind) {
        entry.putObject("responseKind")
                .put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.kind());
    }

    private static void addUnlessEmpty(ObjectNode entry, String key, List<String> values) {
        if (!values.isEmpty()) {
            addAll(entry.putArray(key), values);
        }
    }

    private static void addAll(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }

    /// Tells clients when the stored version of a kind changes: the first 8 bytes of a SHA-256.
    private static String storageVersionHash(GroupVersionKind kind) {
        String text = kind.group() + "/" + kind.version() + "/" + kind.kind();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
