package dev.kubepki.api.kind;

/// An API group and one of its versions; the core group is the empty text.
public record GroupVersion(String group, String version) implements Comparable<GroupVersion> {
    /// From `v1` or `certificates.k8s.io/v1`.
    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersion("", apiVersion)
                : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    /// The kind of that name in it.
    public GroupVersionKind kind(String kind) {
        return new GroupVersionKind(group, version, kind);
    }

    @Override
    public int compareTo(GroupVersion other) {
        return toString().compareTo(other.toString());
    }

    /// As `apiVersion` shows it.
    @Override
    public String toString() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
