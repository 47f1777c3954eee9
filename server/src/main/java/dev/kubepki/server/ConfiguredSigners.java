package dev.kubepki.server;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.sign.AuthorityFiles;
import dev.kubepki.server.controller.sign.Signers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The signers that options ask for.
final class ConfiguredSigners {
    private ConfiguredSigners() {}

    /// @param set whose CA is that of all signers where no option names one
    static Signers of(
            ControllerOptions.Signing options, SetFiles set, CryptoProvider provider, RandomGenerator random) {
        Map<ControllerOptions.Authority, Supplier<CertificateAuthority>> files = new HashMap<>();
        ControllerOptions.Authority general =
                options.general().orElseGet(() -> new ControllerOptions.Authority(set.authority(), set.authorityKey()));
        return Signers.builtIn(
                name -> authority(options, general, name)
                        .map(each -> files.computeIfAbsent(
                                each, one -> new AuthorityFiles(one.certificate(), one.key(), provider, random))),
                options.longest(),
                options.legacy());
    }

    private static Optional<ControllerOptions.Authority> authority(
            ControllerOptions.Signing options, ControllerOptions.Authority general, String name) {
        return options.own().isEmpty()
                ? Optional.of(general)
                : Optional.ofNullable(options.own().get(name));
    }
}
