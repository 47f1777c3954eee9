package dev.kubepki.pki.inventory;

import java.time.Instant;
import java.util.Optional;

/// A flag or field of a static pod or of a component's configuration that names a file of the PKI.
///
/// @param manifest the file that says so
/// @param flag such as `--tls-cert-file`
/// @param path the file that it names
/// @param state how that file stands; a key that is there is `ok`
/// @param holds what is in it
/// @param notAfter the end of the certificate in it that is worst off
public record ListedReference(
        String manifest, String flag, String path, CertificateState state, String holds, Optional<Instant> notAfter) {}
