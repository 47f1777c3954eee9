package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.Authorities;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.DescriptionText;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.exchange.Acceptance;
import dev.kubepki.pki.exchange.AnswerArchive;
import dev.kubepki.pki.exchange.SetRequest;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetWriter;
import dev.kubepki.pki.key.CryptoProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Requests for members of a set, and the answers.
final class SetRequests {
    private SetRequests() {}

    /// Requests beside the keys.
    static int beside(Invocation in) throws IOException, CommandFailure {
        SetOptions options = SetOptions.of(in);
        ClusterConfig config = describe(in, options);
        Instant now = in.clock().instant();
        try (DirectoryLock lock = lock(in, options.directory())) {
            PkiDirectory directory = options.directory();
            SetRequest request = chosen(in, DesiredSet.of(config), directory);
            request.writeRequests(lock, provider(request), now, writer -> keep(writer, config));
            Table table = Table.of("REQUEST", "SUBJECT", "KEY");
            for (Item item : request.items()) {
                table.row(SetRequest.requestPath(item), item.subject().toString(), SetRequest.keyPath(item));
            }
            table.print(in.out());
        }
        return ExitCode.DONE;
    }

    /// One archive for a CA elsewhere.
    static int pack(Invocation in) throws IOException, CommandFailure {
        SetOptions options = SetOptions.of(in);
        ClusterConfig config = describe(in, options);
        Path archive = in.requiredPath("archive");
        Instant now = in.clock().instant();
        try (DirectoryLock lock = lock(in, options.directory())) {
            PkiDirectory directory = options.directory();
            DesiredSet desired = DesiredSet.of(config);
            SetRequest request =
                    in.operands().isEmpty() ? SetRequest.missing(desired, directory) : chosen(in, desired, directory);
            if (request.items().isEmpty()) {
                throw new CommandFailure(
                        directory.directory() + ": lacks nothing that a CA elsewhere would sign",
                        "Name the external CAs in the description's authorities, or give --external.",
                        "Names on the command line ask for what is there anew.");
            }
            if (!directory.digest(SetRequest.PENDING).isEmpty()) {
                in.err().println("note: an earlier request is still open; its answer will not be accepted any more");
            }
            SetRequest.Packed packed = request.pack(lock, provider(request), now, writer -> keep(writer, config));
            ExchangeFiles.write(archive, packed.archive(), FileMode.WORLD_READABLE);
            Table table = Table.of("NAME", "SUBJECT", "ISSUER", "PROFILE");
            for (Item item : request.items()) {
                table.row(
                        item.id(),
                        item.subject().toString(),
                        item.issuer().map(CertificateName::label).orElse("-"),
                        item.profile().name());
            }
            table.print(in.out());
            in.err().println("wrote " + request.items().size() + " requests to " + archive);
            ExchangeFiles.compare(in, "digest to compare:", packed.digest());
        }
        return ExitCode.DONE;
    }

    /// The answer of the CA elsewhere.
    static int accept(Invocation in) throws IOException, CommandFailure {
        if (!in.operands().isEmpty()) {
            throw new UsageException("--accept installs the whole answer; it takes no names");
        }
        SetOptions options = SetOptions.of(in);
        CryptoProvider provider = CryptoProvider.jdk();
        Path file = in.requiredPath("accept");
        AnswerArchive answer =
                AnswerArchive.open(file.toString(), new DurableFiles(FileOperations.disk()).read(file), provider);
        ExchangeFiles.expect(in, answer.digest());
        Instant now = in.clock().instant();
        DesiredSet desired = DesiredSet.of(options.describe(options.directory(), SetOptions.Absent.INFER));
        try (DirectoryLock lock = lock(in, options.directory())) {
            PkiDirectory directory = options.directory();
            Acceptance.of(desired, directory, answer, provider, now).install(lock, now);
        }
        answer.authorities()
                .forEach((name, certificates) -> in.err()
                        .println("CA " + name + ": SHA-256 "
                                + certificates.getFirst().fingerprint()));
        ExchangeFiles.compare(in, "answer's digest:", answer.digest());
        return SetReport.afterMaking(in, desired, options.directory(), now);
    }

    private static ClusterConfig describe(Invocation in, SetOptions options) throws IOException, CommandFailure {
        ClusterConfig config = options.describe(options.directory(), SetOptions.Absent.THIS_HOST);
        if (!in.flag("external")) {
            return config;
        }
        Authorities described = config.authorities();
        Set<CertificateName> all = Stream.of(CertificateName.values())
                .filter(CertificateName::isAuthority)
                .filter(name -> DesiredSet.of(config).authority(name).isPresent())
                .collect(Collectors.toSet());
        return config.withAuthorities(new Authorities(described.model(), all, described.keysOn()));
    }

    private static SetRequest chosen(Invocation in, DesiredSet desired, PkiDirectory directory) {
        if (in.flag("all")) {
            return SetRequest.all(desired, directory);
        }
        Set<String> names = new LinkedHashSet<>(in.operands());
        SetRequest request = SetRequest.named(desired, directory, names);
        for (String name : names) {
            if (request.items().stream()
                    .noneMatch(i -> i.id().equals(name) || i.name().label().equals(name))) {
                throw new UsageException(
                        "there is no '" + name + "' in this set that a CA signs", "'kubepki list' shows the names.");
            }
        }
        return request;
    }

    private static CryptoProvider provider(SetRequest request) {
        List<Item> items = request.items();
        int rsa = (int) items.stream().filter(i -> i.algorithm().isRsa()).count();
        return CryptoProvider.forWork(rsa, items.size());
    }

    private static void keep(SetWriter writer, ClusterConfig config) {
        writer.open(SetOptions.DESCRIPTION, DescriptionText.of(config).getBytes(StandardCharsets.UTF_8));
    }

    private static DirectoryLock lock(Invocation in, PkiDirectory directory) {
        DirectoryLock lock = DirectoryLock.acquire(directory.roots());
        try {
            if (FileTransaction.recover(lock) == FileTransaction.Recovery.FINISHED) {
                in.err().println("finished the change that an earlier command left behind");
            }
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }
}
