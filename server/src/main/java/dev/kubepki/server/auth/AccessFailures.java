package dev.kubepki.server.auth;

import dev.kubepki.api.failure.ApiFailure;
import java.util.List;

/// What a caller is told who may not do something, or who is nobody.
public final class AccessFailures {
    private AccessFailures() {}

    /// 401. It says nothing about why: the log does.
    public static ApiFailure unauthorized() {
        return new ApiFailure(401, "Unauthorized", "Unauthorized", null);
    }

    /// 403 of an authorizer.
    ///
    /// @param reason of the decision; may be empty
    public static ApiFailure forbidden(Attributes attributes, String reason) {
        String text = escaped(sentence(attributes));
        return forbidden(
                attributes.group(),
                attributes.resource(),
                attributes.name(),
                reason.isEmpty() ? text : text + ": " + reason);
    }

    /// 403 with a text of its own, as admission and the escalation check word it.
    ///
    /// @param resource plural; empty when a path was asked for
    /// @param name empty when no object was named
    public static ApiFailure forbidden(String group, String resource, String name, String text) {
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        String subject = resource.isEmpty() ? "" : name.isEmpty() ? qualified + " is " : qualified + named(name);
        ApiFailure.Details details = new ApiFailure.Details(name, group, resource, "", List.of(), 0);
        return new ApiFailure(403, "Forbidden", subject + "forbidden: " + text, details);
    }

    private static String named(String name) {
        return " " + GoText.quote(name) + " is ";
    }

    private static String sentence(Attributes a) {
        StringBuilder text = new StringBuilder("User ")
                .append(GoText.quote(a.user().name()))
                .append(" cannot ")
                .append(a.verb());
        if (!a.isResource()) {
            return text.append(" path ").append(GoText.quote(a.path())).toString();
        }
        String resource = a.subresource().isEmpty() ? a.resource() : a.resource() + "/" + a.subresource();
        text.append(" resource ")
                .append(GoText.quote(resource))
                .append(" in API group ")
                .append(GoText.quote(a.group()));
        return a.namespace().isEmpty()
                ? text.append(" at the cluster scope").toString()
                : text.append(" in the namespace ")
                        .append(GoText.quote(a.namespace()))
                        .toString();
    }

    /// So that no browser takes a caller's words for markup.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
