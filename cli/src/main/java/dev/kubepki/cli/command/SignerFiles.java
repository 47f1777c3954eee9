package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.Authorities;
import dev.kubepki.pki.cluster.CaModel;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.exchange.IssuingAuthority;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.LedgerEntry;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Where a CA lies.
///
/// @param key empty where only its certificate is at hand
/// @param directory the set's folder, whose ledger is kept; empty for loose files
record SignerFiles(Path certificate, Optional<Path> key, Optional<PkiDirectory> directory) {
    /// The CA of one request.
    static SignerFiles of(Invocation in) {
        if (in.given("dir")) {
            PkiDirectory directory = directory(in);
            CertificateName name = CertificateName.parse(in.required("ca-name"))
                    .filter(CertificateName::isAuthority)
                    .orElseThrow(
                            () -> new UsageException("--ca-name: '" + in.required("ca-name") + "' is no CA's name"));
            return in(directory, name);
        }
        if (!in.given("ca") || !in.given("ca-key")) {
            throw new UsageException("name the CA: --dir DIR, or --ca CERT with --ca-key KEY");
        }
        return new SignerFiles(in.requiredPath("ca"), in.path("ca-key"), Optional.empty());
    }

    static PkiDirectory directory(Invocation in) {
        return PkiDirectory.of(FileOperations.disk(), in.requiredPath("dir"), Optional.empty());
    }

    /// A CA of a set, where the layout has it, whatever the description of the set is.
    static SignerFiles in(PkiDirectory directory, CertificateName name) {
        ClusterConfig any = ClusterConfig.forHost("any", List.of(new dev.kubepki.pki.cluster.IpAddress("127.0.0.1")))
                .withAuthorities(new Authorities(CaModel.SINGLE_ROOT, Set.of(), Set.of()));
        Item item = DesiredSet.of(any).authority(name).orElseThrow();
        return new SignerFiles(
                directory.resolve(item.output().paths().getFirst()),
                Optional.of(directory.resolve(item.output().paths().getLast())),
                Optional.of(directory));
    }

    IssuingAuthority read(PassIn passIn, CryptoProvider provider, RandomGenerator random) throws CommandFailure {
        Path keyFile = key.orElseThrow(() -> new UsageException(
                "the CA " + certificate + " signs here and needs its key: --authority NAME=CERT,KEY"));
        return IssuingAuthority.read(FileOperations.disk(), certificate, keyFile, passIn.of(keyFile), provider, random);
    }

    /// Keeps certificates in the folder's ledger, before they are handed out.
    void record(Instant now, List<Certificate> certificates, String file) {
        if (directory.isEmpty()) {
            return;
        }
        try (DirectoryLock lock = DirectoryLock.acquire(directory.get().roots())) {
            FileTransaction.recover(lock);
            try (FileTransaction change = FileTransaction.begin(lock)) {
                certificates.forEach(c -> change.record(LedgerEntry.of(now, c, "sign", file)));
                change.commit();
            }
        }
    }
}
