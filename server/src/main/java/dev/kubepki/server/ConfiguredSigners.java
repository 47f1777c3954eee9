package dev.kubepki.server;

import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.controller.sign.AuthorityFiles;
import dev.kubepki.server.controller.sign.Signer;
import dev.kubepki.server.controller.sign.SignerFile;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.controller.sign.SignerRule;
import dev.kubepki.server.controller.sign.Signers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The signers that options ask for.
final class ConfiguredSigners {
    private ConfiguredSigners() {}

    /// Those of Kubernetes, those that come with the program, and those of a file.
    ///
    /// @param set whose CA is that of all signers where no option names one
    /// @throws ServerFailure with every problem of the file
    static Signers of(ControllerOptions.Signing options, SetFiles set, CryptoProvider provider, RandomGenerator random)
            throws ServerFailure {
        Map<ControllerOptions.Authority, Supplier<CertificateAuthority>> files = new HashMap<>();
        ControllerOptions.Authority general =
                options.general().orElseGet(() -> new ControllerOptions.Authority(set.authority(), set.authorityKey()));
        Supplier<CertificateAuthority> usual =
                new AuthorityFiles(general.certificate(), general.key(), provider, random);
        files.put(general, usual);
        Signers builtIn = Signers.builtIn(
                name -> authority(options, general, name)
                        .map(each -> files.computeIfAbsent(
                                each, one -> new AuthorityFiles(one.certificate(), one.key(), provider, random))),
                options.longest(),
                options.legacy());
        List<SignerRule> reserved = List.of(SignerRule.notReserved(() -> namesOfTheServer(set)));
        List<Signer> others = new ArrayList<>();
        // Where each signer is given its own CA, nothing else signs with the one of the set.
        if (options.own().isEmpty()) {
            others.addAll(SignerFile.shipped().signers(set.directory(), usual, reserved, provider, random));
        }
        if (options.file().isPresent()) {
            Path file = options.file().get();
            Path folder = file.toAbsolutePath().getParent();
            others.addAll(read(file).signers(folder == null ? file : folder, usual, reserved, provider, random));
        }
        try {
            return builtIn.and(others);
        } catch (IllegalArgumentException e) {
            throw new ServerFailure(
                    options.file().map(Path::toString).orElse("") + ": " + e.getMessage() + "; give each its own name",
                    e);
        }
    }

    /// The names of signers that are not Kubernetes' own.
    static List<String> otherNames(ControllerOptions.Signing options) throws ServerFailure {
        List<SignerPolicy> policies = new ArrayList<>();
        if (options.own().isEmpty()) {
            policies.addAll(SignerFile.shipped().policies());
        }
        if (options.legacy()) {
            policies.add(SignerPolicy.legacyUnknown());
        }
        if (options.file().isPresent()) {
            policies.addAll(read(options.file().get()).policies());
        }
        return policies.stream().map(SignerPolicy::signerName).toList();
    }

    private static SignerFile read(Path file) throws ServerFailure {
        SignerFile read = SignerFile.read(file.toString(), PemFiles.bytes(file));
        if (!read.problems().isEmpty()) {
            throw new ServerFailure(
                    read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return read;
    }

    /// Under which clients know the API server: its certificate's names, when there is one to be read.
    private static Set<SubjectAltName> namesOfTheServer(SetFiles set) {
        try {
            return Set.copyOf(PemFiles.certificates(set.apiServer()).getFirst().subjectAltNames());
        } catch (ServerFailure e) {
            return Set.of();
        }
    }

    private static Optional<ControllerOptions.Authority> authority(
            ControllerOptions.Signing options, ControllerOptions.Authority general, String name) {
        return options.own().isEmpty()
                ? Optional.of(general)
                : Optional.ofNullable(options.own().get(name));
    }
}
