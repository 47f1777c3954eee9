package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.PrivilegedNames;
import dev.kubepki.pki.exchange.ClientIssuer;
import dev.kubepki.pki.files.Credential;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigUser;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// The options of a kubeconfig that is made for somebody, and the making of it.
final class KubeconfigUserOptions {
    private static final String NEW = "A new kubeconfig";

    private final Invocation in;
    private final SetOptions set;
    private final ClusterConfig config;

    KubeconfigUserOptions(Invocation in, SetOptions set, ClusterConfig config) {
        this.in = in;
        this.set = set;
        this.config = config;
    }

    static List<OptionSpec> options() {
        return List.of(
                OptionSpec.text("user", "NAME", "the user's name, the certificate's CN")
                        .under(NEW),
                OptionSpec.text("group", "NAME", "a group of the user, an O of the certificate")
                        .repeated()
                        .under(NEW),
                OptionSpec.duration("validity", "TIME", "how long the certificate is valid")
                        .defaultsTo("30d")
                        .under(NEW),
                OptionSpec.text("key-algorithm", "ALGORITHM", "the key's, instead of the description's")
                        .under(NEW),
                OptionSpec.file("client-certificate", "FILE", "take this certificate and sign none")
                        .under(NEW),
                OptionSpec.file("client-key", "FILE", "the private key of --client-certificate")
                        .under(NEW),
                OptionSpec.flag("allow-privileged", "sign for names with power of their own, such as system:masters")
                        .under(NEW),
                OptionSpec.text("server", "URL", "the API server, instead of the description's")
                        .under(NEW),
                OptionSpec.text("cluster", "NAME", "the cluster's name in it").under(NEW),
                OptionSpec.text("context", "NAME", "the context's name; without it USER@CLUSTER")
                        .under(NEW),
                OptionSpec.text("namespace", "NAME", "the context's namespace").under(NEW));
    }

    Kubeconfig withoutCredentials(Path path) {
        String cluster = in.string("cluster").orElse(config.clusterName());
        String context = in.string("context").orElse(user() + "@" + cluster);
        KubeconfigContext made = KubeconfigContext.of(context, cluster, user());
        return Kubeconfig.of(
                path,
                KubeconfigCluster.named(cluster)
                        .withServer(in.string("server").orElse(config.endpoint().httpsUrl()))
                        .withEmbeddedAuthority(authority()),
                KubeconfigUser.named(user()),
                in.string("namespace").map(made::withNamespace).orElse(made));
    }

    Kubeconfig make(PkiDirectory directory, Path path) throws CommandFailure {
        KubeconfigUser credential = in.given("client-certificate") ? existing() : signed(directory, path);
        return withoutCredentials(path).with(credential);
    }

    private String user() {
        return in.string("user")
                .orElseGet(() -> certificate().subject().commonName().orElse("user"));
    }

    private byte[] authority() {
        return set.directory().bytes("pki/ca.crt");
    }

    private Certificate certificate() {
        return Certificate.readAll(read("client-certificate")).getFirst();
    }

    private byte[] read(String option) {
        return new DurableFiles(FileOperations.disk()).read(in.requiredPath(option));
    }

    private KubeconfigUser existing() throws CommandFailure {
        if (!in.given("client-key")) {
            throw new UsageException("--client-certificate needs its private key: --client-key FILE");
        }
        for (String option : List.of("group", "validity", "key-algorithm", "allow-privileged")) {
            if (in.given(option)) {
                throw new UsageException("--" + option + " is for a new certificate, not for --client-certificate");
            }
        }
        byte[] key = read("client-key");
        if (!KeyPem.readPrivateKey(key).matches(certificate().publicKey())) {
            throw new CommandFailure(in.requiredPath("client-key") + ": is not the private key of "
                    + in.requiredPath("client-certificate"));
        }
        return KubeconfigUser.named(user()).withEmbedded(read("client-certificate"), key);
    }

    private KubeconfigUser signed(PkiDirectory directory, Path path) throws CommandFailure {
        List<String> risks = PrivilegedNames.risks(user(), in.list("group"));
        if (!risks.isEmpty() && !in.flag("allow-privileged")) {
            throw new CommandFailure(
                    String.join("; ", risks), "Give --allow-privileged if this certificate shall have that power.");
        }
        KeyAlgorithm algorithm = in.string("key-algorithm")
                .map(text -> KeyAlgorithm.parse(text)
                        .orElseThrow(
                                () -> new UsageException("--key-algorithm: '" + text + "' is not a key algorithm")))
                .orElse(config.keys().overall());
        CryptoProvider provider = CryptoProvider.forWork(algorithm.isRsa() ? 1 : 0, 2);
        String out = in.given("output") || in.given("merge-into") ? path.toString() : "-";
        Instant now = in.clock().instant();
        try (DirectoryLock lock = DirectoryLock.acquire(directory.roots())) {
            if (FileTransaction.recover(lock) == FileTransaction.Recovery.FINISHED) {
                in.err().println("finished the change that an earlier command left behind");
            }
            ClientIssuer issuer = ClientIssuer.of(set.directory(), provider, new SecureRandom());
            SigningKey key = provider.generate(algorithm);
            ClientIssuer.Issued issued = issuer.issue(
                    lock,
                    DistinguishedName.of(user(), in.list("group")),
                    key,
                    in.duration("validity").orElseThrow(),
                    now,
                    out);
            report(issued);
            return KubeconfigUser.named(user())
                    .withEmbedded(
                            Credential.pem(issued.chain()), KeyPem.encode(key).encoded());
        }
    }

    private void report(ClientIssuer.Issued issued) {
        Certificate certificate = issued.certificate();
        in.err()
                .println("signed '" + certificate.subject() + "' until "
                        + certificate.validity().notAfter()
                        + (issued.capped() ? ", the end of the CA, earlier than asked" : ""));
    }
}
