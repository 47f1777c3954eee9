package dev.kubepki.server.registry.strategy;

import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.registry.Context;

/// Permissions on the resource `signers`, which exists in rules alone: by the signer's name, or by `domain/*`, which is
/// a name like any other.
final class SignerPermission {
    private static final String GROUP = "certificates.k8s.io";

    private SignerPermission() {}

    static boolean has(String verb, String signer, Context context) {
        return allowed(verb, signer, context) || allowed(verb, domain(signer) + "/*", context);
    }

    private static String domain(String signer) {
        int slash = signer.indexOf('/');
        return slash < 0 ? signer : signer.substring(0, slash);
    }

    private static boolean allowed(String verb, String name, Context context) {
        return context.authorizer()
                .decide(Attributes.resource(context.call().user(), verb, GROUP, "signers", "", "", name))
                .allowed();
    }
}
