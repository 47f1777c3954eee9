package dev.kubepki.server.auth;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;

/// What a caller is told who may not do something.
public final class AccessFailures {
    private AccessFailures() {}

    /// 403 of an authorizer.
    ///
    /// @param reason of the decision; may be empty
    public static ApiFailure forbidden(Attributes attributes, String reason) {
        String sentence = escaped(sentence(attributes));
        String text = reason.isEmpty() ? sentence : sentence + ": " + reason;
        if (!attributes.isResource()) {
            return Failures.forbiddenPath(text);
        }
        String group = attributes.group();
        String resource = attributes.resource();
        return Failures.forbidden(group.isEmpty() ? resource : resource + "." + group, attributes.name(), text);
    }

    private static String sentence(Attributes a) {
        String who = "User " + Rendering.quote(a.user().name()) + " cannot " + a.verb();
        if (!a.isResource()) {
            return who + " path " + Rendering.quote(a.path());
        }
        String resource = a.subresource().isEmpty() ? a.resource() : a.resource() + "/" + a.subresource();
        String where = a.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace " + Rendering.quote(a.namespace());
        return who + " resource " + Rendering.quote(resource) + " in API group " + Rendering.quote(a.group()) + where;
    }

    /// So that no browser takes a caller's words for markup.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
