package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Prompt;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.exchange.ArchiveSigning;
import dev.kubepki.pki.exchange.IssuingAuthority;
import dev.kubepki.pki.exchange.RequestArchive;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Signs a whole archive.
final class ArchiveSignature {
    private ArchiveSignature() {}

    static int run(Invocation in) throws IOException, CommandFailure {
        for (String option : List.of("profile", "san", "self", "days", "validity")) {
            if (in.given(option)) {
                throw new UsageException("--" + option + " is for one request; an archive says it for each of its own");
            }
        }
        String output = in.string("output")
                .filter(o -> !o.equals(ExchangeFiles.STANDARD))
                .orElseThrow(() -> new UsageException("name the answer archive with -o"));
        CryptoProvider provider = CryptoProvider.fastest();
        Path file = in.requiredPath("archive");
        RequestArchive archive =
                RequestArchive.open(file.toString(), new DurableFiles(FileOperations.disk()).read(file), provider);
        ExchangeFiles.expect(in, archive.digest());
        SequencedMap<String, SignerFiles> files = signers(in, archive);
        Map<String, IssuingAuthority> signers = new LinkedHashMap<>();
        Map<String, List<Certificate>> further = new LinkedHashMap<>();
        read(in, archive, files, provider, signers, further);
        Instant now = in.clock().instant();
        ArchiveSigning signing =
                ArchiveSigning.prepare(archive, signers, further, in.flag("allow-privileged"), provider, now);
        show(in, archive, signing);
        if (!in.flag("yes")
                && !Prompt.confirm(in, "Sign these " + signing.lines().size(), "--yes")) {
            throw new CommandFailure("nothing was signed");
        }
        ArchiveSigning.Signed signed = signing.sign(provider, now);
        record(now, files, archive, signed.certificates(), output);
        ExchangeFiles.write(in.resolve(output), signed.archive(), FileMode.WORLD_READABLE);
        ExchangeFiles.compare(in, "answer's digest to compare:", signed.digest());
        return ExitCode.DONE;
    }

    /// A CA that signs nothing here needs no key.
    private static void read(
            Invocation in,
            RequestArchive archive,
            Map<String, SignerFiles> files,
            CryptoProvider provider,
            Map<String, IssuingAuthority> signers,
            Map<String, List<Certificate>> further)
            throws CommandFailure {
        PassIn passIn = new PassIn(in);
        for (Map.Entry<String, SignerFiles> entry : files.entrySet()) {
            String name = entry.getKey();
            SignerFiles ca = entry.getValue();
            if (archive.entries().stream().anyMatch(e -> e.issuer().equals(name))) {
                signers.put(name, ca.read(passIn, provider, new SecureRandom()));
            } else {
                further.put(name, IssuingAuthority.certificates(FileOperations.disk(), ca.certificate()));
            }
        }
    }

    private static void record(
            Instant now,
            Map<String, SignerFiles> files,
            RequestArchive archive,
            List<Certificate> certificates,
            String output) {
        if (archive.entries().size() != certificates.size()) {
            throw new IllegalStateException("not every request was signed");
        }
        Optional<SignerFiles> inFolder =
                files.values().stream().filter(f -> f.directory().isPresent()).findFirst();
        inFolder.ifPresent(f -> f.record(now, certificates, output));
    }

    /// The CAs that the archive asks for: named ones, those of a folder, or one for a single name.
    private static SequencedMap<String, SignerFiles> signers(Invocation in, RequestArchive archive) {
        SequencedMap<String, SignerFiles> signers = new LinkedHashMap<>();
        if (in.given("dir")) {
            for (String name : archive.authorities()) {
                CertificateName.parse(name)
                        .filter(CertificateName::isAuthority)
                        .map(n -> SignerFiles.in(SignerFiles.directory(in), n))
                        .filter(f -> Files.exists(f.certificate()))
                        .ifPresent(f -> signers.put(name, f));
            }
        }
        for (String authority : in.list("authority")) {
            String[] parts = authority.split("[=,]", 3);
            if (parts.length < 2 || parts[0].isEmpty()) {
                throw new UsageException("--authority: '" + authority + "' is not NAME=CERT,KEY");
            }
            signers.put(
                    parts[0],
                    new SignerFiles(
                            in.resolve(parts[1]),
                            parts.length == 3 ? Optional.of(in.resolve(parts[2])) : Optional.empty(),
                            Optional.empty()));
        }
        if (in.given("ca")) {
            signers.put(
                    in.required("ca-name"),
                    new SignerFiles(in.requiredPath("ca"), in.path("ca-key"), Optional.empty()));
        }
        return signers;
    }

    private static void show(Invocation in, RequestArchive archive, ArchiveSigning signing) {
        in.err().println("requests of the cluster '" + archive.cluster() + "', made " + archive.created());
        ExchangeFiles.compare(in, "digest to compare:", archive.digest());
        Table table = Table.of("NAME", "SUBJECT", "NAMES", "ISSUER", "PROFILE", "EXPIRES");
        for (ArchiveSigning.Line line : signing.lines()) {
            Certificate preview = line.prepared().preview();
            table.row(
                    line.entry().id(),
                    preview.subject().toString(),
                    preview.subjectAltNames().stream().map(Object::toString).collect(Collectors.joining(", ")),
                    line.entry().issuer(),
                    line.review().profile().name(),
                    preview.validity().notAfter()
                            + (line.prepared().capped() ? " (the CA's end, earlier than asked)" : ""));
        }
        table.print(in.out());
        for (ArchiveSigning.Line line : signing.lines()) {
            line.review()
                    .notes()
                    .forEach(note -> in.err().println("note: " + line.entry().id() + ": " + note));
        }
    }
}
