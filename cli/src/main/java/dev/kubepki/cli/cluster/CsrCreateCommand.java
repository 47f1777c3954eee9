package dev.kubepki.cli.cluster;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.SubjectAltName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr create`.
final class CsrCreateCommand implements Handler {
    private static final List<String> OF_SUBJECT = List.of("cn", "group", "san", "key", "out-key", "overwrite");

    static CommandSpec spec() {
        return CommandSpec.named("create", "Make a key and a request for its certificate")
                .describedAs("""
                        Makes a private key in NAME.key (mode 0600; it never leaves this machine) and sends a request for its
                        certificate. What the signer would refuse is refused before anything is sent.

                        Signers by short names: client (users and programs), kubelet-client and kubelet-serving (NAME is a
                        node, and the subject is made from it), service-serving (kubepki's own, for services, named by
                        --san).
                        """)
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(options())
                .options(ClusterOptions.options())
                .example(
                        "kubepki csr create anna --group devs --expiration 8h", "a user's certificate for a day's work")
                .example("kubepki csr create anna --dry-run=client -o yaml | kubectl apply -f -", "or send it yourself")
                .example(
                        "kubepki csr create my-svc --signer-name service-serving --san my-svc.default.svc",
                        "for a server in the cluster")
                .runs(CsrCreateCommand::new);
    }

    private static List<OptionSpec> options() {
        return List.of(
                OptionSpec.text("signer-name", "SIGNER", "who shall sign: a short name or a whole one")
                        .defaultsTo("client"),
                OptionSpec.text("cn", "NAME", "the user's or server's name; NAME when it is not given"),
                OptionSpec.text("group", "GROUP", "a group of the user, an O of the subject")
                        .repeated(),
                OptionSpec.text("san", "NAME", "a host name or address; URI: and email: name the other kinds")
                        .repeated(),
                OptionSpec.text(
                                "usage",
                                "USAGE",
                                "what the certificate is for, such as 'client auth'; without"
                                        + " it what the signer wants")
                        .repeated(),
                OptionSpec.duration("expiration", "TIME", "how long it shall be valid, ten minutes at least"),
                OptionSpec.file(
                                "filename",
                                "FILE",
                                "send this request (PKCS#10, PEM or DER) and make none; - for" + " standard input")
                        .letter('f'),
                OptionSpec.file("key", "FILE", "the private key that is there"),
                OptionSpec.file("out-key", "FILE", "where to write a new private key; NAME.key without it"),
                OptionSpec.flag("overwrite", "replace a private key that is there"),
                KeyFile.algorithm(),
                ObjectOutput.dryRun(),
                ObjectOutput.form());
    }

    @Override
    public int run(Invocation in) throws Exception {
        in.atMostOneOf("key", "out-key");
        String name = in.operands().getFirst();
        String signer = SignerNames.resolve(in.required("signer-name"));
        if (in.given("filename")) {
            OF_SUBJECT.stream().filter(in::given).findFirst().ifPresent(option -> {
                throw new UsageException("--" + option + " is for a new request, not for --filename");
            });
            CertificateRequest request = RequestInput.pkcs10(in, in.required("filename"));
            RequestForm form = form(in, name, signer, !request.subjectAltNames().isEmpty(), enciphers(request));
            form.require(request, CryptoProvider.jdk());
            return send(in, form.object(request), Optional.empty());
        }
        Path path = in.path("out-key").orElseGet(() -> in.resolve(name.replace('/', '-') + ".key"));
        List<SubjectAltName> names = SubjectOptions.names(in);
        // Before a key is made for nothing.
        form(in, name, signer, !names.isEmpty(), false);
        KeyFile key = in.given("key")
                ? KeyFile.read(in.requiredPath("key"))
                : KeyFile.generate(in, path, in.flag("overwrite"));
        RequestForm form = form(
                in,
                name,
                signer,
                !names.isEmpty(),
                key.key().algorithm().map(KeyAlgorithm::canEncipher).orElse(false));
        CertificateRequest request = sign(SubjectOptions.subject(in, name, signer), names, key);
        form.require(request, CryptoProvider.jdk());
        return send(in, form.object(request), Optional.of(key));
    }

    private static boolean enciphers(CertificateRequest request) {
        return KeyAlgorithm.of(request.publicKey())
                .map(KeyAlgorithm::canEncipher)
                .orElse(false);
    }

    /// A request that asks for names alone: usages stand in the object.
    static CertificateRequest sign(DistinguishedName subject, List<SubjectAltName> names, KeyFile key) {
        List<Extension> extensions =
                names.isEmpty() ? List.of() : List.of(CertificateExtensions.subjectAltNames(names, subject.isEmpty()));
        return CertificateRequest.sign(subject, extensions, key.key(), CryptoProvider.jdk());
    }

    private static RequestForm form(Invocation in, String name, String signer, boolean names, boolean enciphers) {
        List<String> usages = in.given("usage")
                ? in.list("usage").stream()
                        .flatMap(text -> List.of(text.split(",", -1)).stream())
                        .toList()
                : SignerNames.usages(signer, names, enciphers);
        OptionalLong seconds = in.duration("expiration").stream()
                .mapToLong(Duration::toSeconds)
                .findFirst();
        return new RequestForm(name, signer, usages, seconds);
    }

    private static int send(Invocation in, ObjectNode object, Optional<KeyFile> key)
            throws CommandFailure, IOException {
        if (ObjectOutput.isDryRun(in)) {
            key.ifPresent(each -> each.save(in));
            ObjectOutput.tell(in, KindRows.load().of(Cluster.REQUESTS), object, "created");
            return ExitCode.DONE;
        }
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        String name = object.path("metadata").path("name").asString("");
        if (cluster.isKnown(Cluster.REQUESTS, "", name)) {
            throw new CommandFailure(
                    Cluster.REQUESTS + " \"" + name + "\" already exists",
                    "Choose another name, or remove it with 'kubectl delete csr " + name + "'.");
        }
        // Saved first: a certificate for a key that was lost is of no use.
        key.ifPresent(each -> each.save(in));
        try {
            ObjectOutput.tell(in, cluster.kind(Cluster.REQUESTS), cluster.create(Cluster.REQUESTS, object), "created");
        } catch (ApiFailure refused) {
            if (key.isPresent()) {
                key.get().discard();
            }
            throw refused;
        }
        return ExitCode.DONE;
    }
}
