package dev.kubepki.server.registry;

import dev.kubepki.server.auth.AccessFailures;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer.Decision;

/// Checks of what a request turns out to do besides what it says.
final class Permission {
    private Permission() {}

    /// PUT and apply of an absent object: the caller needs `create`, too.
    static void toCreate(Context context) {
        Call call = context.call();
        Attributes attributes = Attributes.resource(
                call.user(),
                "create",
                call.kind().group(),
                call.kind().plural(),
                call.subresource(),
                call.namespace(),
                call.name());
        Decision decision = context.authorizer().decide(attributes);
        if (!decision.allowed()) {
            throw AccessFailures.forbidden(attributes, decision.reason());
        }
    }
}
