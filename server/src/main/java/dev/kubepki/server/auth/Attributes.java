package dev.kubepki.server.auth;

/// What is asked for: a resource request when `resource` is not empty, else a path.
///
/// @param verb `get`, `list`, `create` …; of a path the HTTP method in lower case
/// @param namespace empty at the cluster scope
/// @param name empty when the request names no object
/// @param path the URL's path
/// @param fieldSelector as sent; empty when there is none
/// @param labelSelector as sent; empty when there is none
public record Attributes(
        UserInfo user,
        String verb,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name,
        String path,
        String fieldSelector,
        String labelSelector) {
    /// Of a resource.
    public static Attributes resource(
            UserInfo user,
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        return new Attributes(user, verb, group, "*", resource, subresource, namespace, name, "", "", "");
    }

    /// Of a path.
    public static Attributes path(UserInfo user, String verb, String path) {
        return new Attributes(user, verb, "", "", "", "", "", "", path, "", "");
    }

    /// The same with another verb.
    public Attributes withVerb(String other) {
        return new Attributes(
                user,
                other,
                group,
                version,
                resource,
                subresource,
                namespace,
                name,
                path,
                fieldSelector,
                labelSelector);
    }

    /// Whether it asks for a resource.
    public boolean isResource() {
        return !resource.isEmpty();
    }
}
