package dev.kubepki.pki.cluster;

import java.util.Set;

/// The certificate authorities.
///
/// @param model whether they sign themselves or hang under one root
/// @param external those whose private key is kept elsewhere: their certificate must be there, their leaves are
/// requested
/// @param keysOn the names of the nodes whose folders receive the CAs' private keys
public record Authorities(CaModel model, Set<CertificateName> external, Set<String> keysOn) {
    /// Separate CAs, all keys here, none in the folders of nodes.
    public static final Authorities DEFAULT = new Authorities(CaModel.SEPARATE, Set.of(), Set.of());

    /// Copies the sets.
    public Authorities {
        external = Set.copyOf(external);
        keysOn = Set.copyOf(keysOn);
        if (!external.stream().allMatch(CertificateName::isAuthority)) {
            throw new IllegalArgumentException("only a CA can be external");
        }
    }

    /// Whether a CA's private key is kept elsewhere.
    public boolean isExternal(CertificateName authority) {
        return external.contains(authority);
    }
}
