package dev.kubepki.server.registry;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A stored object that writes its revision into its bytes without reading them as a tree.
final class SplicedObject implements StoredObject {
    private static final byte[] LIST_ITEM = "{\"metadata\":{".getBytes(StandardCharsets.UTF_8);

    private final String key;
    private final long revision;
    private final byte[] json;
    private @Nullable Layout layout;
    private @Nullable Map<String, String> labels;
    private @Nullable Map<String, String> fields;

    SplicedObject(String key, long revision, byte[] json) {
        this.key = key;
        this.revision = revision;
        this.json = json;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public byte[] json() {
        return json;
    }

    @Override
    public ObjectNode tree(String apiVersion) {
        ObjectNode tree = Trees.parse(json);
        tree.put("apiVersion", apiVersion);
        Metadata.of(tree).node().put("resourceVersion", Long.toString(revision));
        return tree;
    }

    @Override
    public byte[] json(String apiVersion, boolean listItem) {
        Layout parts = layout();
        if (parts == null) {
            ObjectNode tree = tree(apiVersion);
            if (listItem) {
                tree.remove("kind");
                tree.remove("apiVersion");
            }
            return Trees.bytes(tree);
        }
        byte[] head = listItem ? LIST_ITEM : parts.head(json, apiVersion);
        byte[] version = parts.member(revision);
        int before = parts.splice() - parts.metadata();
        int after = json.length - parts.splice();
        byte[] result = new byte[head.length + before + version.length + after];
        System.arraycopy(head, 0, result, 0, head.length);
        System.arraycopy(json, parts.metadata(), result, head.length, before);
        System.arraycopy(version, 0, result, head.length + before, version.length);
        System.arraycopy(json, parts.splice(), result, result.length - after, after);
        return result;
    }

    /// The object's labels; read once.
    Map<String, String> labels() {
        Map<String, String> found = labels;
        if (found == null) {
            Layout parts = layout();
            Map<String, String> scanned = parts == null ? null : LabelScan.of(json, parts.metadata());
            found = scanned == null ? Metadata.of(Trees.parse(json)).labels() : scanned;
            labels = found;
        }
        return found;
    }

    /// The fields by which its kind is selected; read once.
    Map<String, String> fields(Resource resource) {
        Map<String, String> found = fields;
        if (found == null) {
            found = resource.strategy().selectableFields(Trees.parse(json));
            fields = found;
        }
        return found;
    }

    private @Nullable Layout layout() {
        Layout found = layout;
        if (found == null) {
            found = Layout.of(json);
            layout = found;
        }
        return found;
    }
}
