package dev.kubepki.api.kind;

/// A kind in a version of its group.
public record GroupVersionKind(String group, String version, String kind) {
    /// Its group and version.
    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /// As Kubernetes prints it.
    @Override
    public String toString() {
        return groupVersion() + ", Kind=" + kind;
    }
}
