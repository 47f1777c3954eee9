package dev.kubepki.server.registry;

import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.UserInfo;
import java.util.function.Consumer;

/// One request to a resource, after authentication and authorization.
///
/// @param kind the row of the main resource
/// @param version in which the client speaks
/// @param subresource empty for the main resource
/// @param namespace empty at the cluster scope, and for lists over all namespaces
/// @param name empty for collections
/// @param user who calls
/// @param userAgent the header, from which a missing field manager is named
/// @param warnings takes the texts that go into Warning headers
public record Call(
        Kind kind,
        String version,
        String subresource,
        String namespace,
        String name,
        UserInfo user,
        String userAgent,
        Consumer<String> warnings) {
    /// The kind as the client names it.
    public GroupVersionKind gvk() {
        return kind.in(version);
    }

    /// Whether it is for the main resource.
    public boolean isMain() {
        return subresource.isEmpty();
    }

    /// The same call for a name: POST with generateName finds its name late.
    public Call named(String name) {
        return new Call(kind, version, subresource, namespace, name, user, userAgent, warnings);
    }
}
