package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.server.ServerOptions;
import dev.kubepki.server.audit.AuditFile;
import dev.kubepki.server.auth.token.TokenSettings;
import dev.kubepki.server.http.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
/// The options of `serve` that kube-apiserver has too, under the names that it gives them.

final class ServeOptions {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long MEGABYTE = 1024 * 1024;
    private static final int MOST_PORT = 65535;

    private ServeOptions() {}

    static List<OptionSpec> all() {
        return Stream.of(listener(), audit(), ControllerFlags.options())
                .flatMap(List::stream)
                .toList();
    }

    private static List<OptionSpec> listener() {
        return List.of(
                OptionSpec.text("bind-address", "ADDRESS", "the address to listen on; 0.0.0.0 and :: for all")
                        .defaultsTo("127.0.0.1"),
                OptionSpec.integer("secure-port", "PORT", "the port to listen on")
                        .defaultsTo("6443"),
                OptionSpec.file(
                        "client-ca-file", "FILE", "whose client certificates are taken, instead of the set's CA"),
                OptionSpec.file("tls-cert-file", "FILE", "the certificate to show, instead of one made in memory"),
                OptionSpec.file("tls-private-key-file", "FILE", "the key of --tls-cert-file"),
                OptionSpec.file("service-account-key-file", "FILE", "keys that verify service-account tokens")
                        .repeated(),
                OptionSpec.file("service-account-signing-key-file", "FILE", "the key that signs them"),
                OptionSpec.text(
                                "service-account-issuer",
                                "URL",
                                "who issues the tokens; the first one signs, all are taken")
                        .repeated()
                        .defaultsTo("https://kubernetes.default.svc.cluster.local"),
                OptionSpec.text("api-audiences", "NAMES", "whom tokens must be for; the issuers if it is not given")
                        .repeated(),
                OptionSpec.text("runtime-config", "SWITCHES", "versions to switch on or off: group/version=true,…"),
                OptionSpec.choice(
                                "log-level",
                                "LEVEL",
                                List.of("error", "warn", "info", "debug"),
                                "what is written to standard error, a line each")
                        .defaultsTo("info"),
                OptionSpec.choice(
                                "anonymous-auth",
                                "BOOL",
                                List.of("true", "false"),
                                "whether callers without credentials are let in as system:anonymous")
                        .defaultsTo("true"));
    }

    private static List<OptionSpec> audit() {
        return List.of(
                OptionSpec.text(
                        "audit-log-path", "FILE", "log who did what there, a line of JSON each; - for standard output"),
                OptionSpec.file(
                        "audit-policy-file", "FILE", "what is logged of which requests; metadata of all without it"),
                OptionSpec.integer("audit-log-maxsize", "MEGABYTES", "put the audit log aside when it is so large")
                        .defaultsTo("100"),
                OptionSpec.integer("audit-log-maxbackup", "COUNT", "keep so many of them; 0 for all")
                        .defaultsTo("0"),
                OptionSpec.integer("audit-log-maxage", "DAYS", "keep them for so long; 0 for ever")
                        .defaultsTo("0"));
    }

    static InetSocketAddress bind(Invocation in) {
        String text = in.required("bind-address");
        int port = in.integer("secure-port").orElseThrow();
        if (port < 0 || port > MOST_PORT) {
            throw new UsageException("--secure-port: a TCP port is 1 to 65535, not " + port);
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(text), port);
        } catch (IllegalArgumentException notAnAddress) {
            return new InetSocketAddress(named(text), port);
        }
    }

    private static InetAddress named(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new UsageException("--bind-address: '" + name + "' is not an address of this host");
        }
    }

    /// The first issuer signs; without audiences, the issuers are the audiences.
    private static TokenSettings tokens(Invocation in) {
        List<String> issuers = in.list("service-account-issuer");
        List<String> audiences = in.list("api-audiences").stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .filter(audience -> !audience.isEmpty())
                .toList();
        return new TokenSettings(issuers, audiences.isEmpty() ? issuers : audiences, true);
    }

    private static ServerOptions.Audit audit(Invocation in) {
        String path = in.string("audit-log-path").orElse("");
        long megabytes = in.integer("audit-log-maxsize").orElseThrow();
        int days = in.integer("audit-log-maxage").orElseThrow();
        return new ServerOptions.Audit(
                path.isEmpty() || path.equals("-") ? path : in.resolve(path).toString(),
                in.path("audit-policy-file"),
                new AuditFile.Rotation(
                        megabytes * MEGABYTE, in.integer("audit-log-maxbackup").orElseThrow(), Duration.ofDays(days)));
    }

    static ServerOptions of(Invocation in, Path directory) {
        return new ServerOptions(
                bind(in),
                directory,
                in.path("data").orElse(directory.resolve("data")),
                in.table().version(),
                new ServerOptions.Files(
                        in.path("client-ca-file"),
                        in.path("tls-cert-file"),
                        in.path("tls-private-key-file"),
                        in.list("service-account-key-file").stream()
                                .map(in::resolve)
                                .toList(),
                        in.path("service-account-signing-key-file")),
                in.string("runtime-config").orElse(""),
                tokens(in),
                in.required("anonymous-auth").equals("true"),
                audit(in),
                ControllerFlags.of(in),
                Limits.DEFAULT,
                GRACE);
    }
}
