package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.inspect.Facts;
import dev.kubepki.pki.inspect.InspectFailure;
import dev.kubepki.pki.inspect.Inspection;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

/// `kubepki inspect`.
public final class InspectCommand implements Handler {
    /// The command's row.
    public static CommandSpec spec() {
        return CommandSpec.named("inspect", "Show what a file holds and whom it would log in as")
                .describedAs("""
                        Recognises a file by its content: certificates, requests, revocation lists, public and private \
                        keys, PKCS#12 files and Java keystores, kubeconfigs, service-account tokens, and the Kubernetes \
                        objects that carry them (CertificateSigningRequest, Secret, ConfigMap, ClusterTrustBundle, \
                        static pods), in PEM, DER, base64, YAML or JSON.

                        Nothing secret is ever shown: of a private key its type and its public half, of a token its \
                        claims.
                        """)
                .operands(Operands.atLeast(1, "FILE...|-", ValueKind.FILE))
                .options(
                        OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.PEM),
                        OptionSpec.flag("text", "print as 'openssl x509 -text' does"),
                        OptionSpec.flag("certificate", "print only the certificates, as PEM; the same as -o pem"),
                        OptionSpec.flag("public-key", "print only the public keys, as PEM"),
                        OptionSpec.flag(
                                "pin", "print only the public keys' SHA-256, as 'kubeadm join' takes it for discovery"),
                        OptionSpec.file(
                                "password-file",
                                "FILE",
                                "the password of keystores and encrypted keys is this file's first line"),
                        OptionSpec.text(
                                "password-env",
                                "NAME",
                                "the password of keystores and encrypted keys is in this environment variable"))
                .example("kubepki inspect demo/pki/apiserver.crt", "one certificate")
                .example("kubectl get csr anna -o yaml | kubepki inspect -", "what an approver should know")
                .example("kubectl get csr anna -o yaml | kubepki inspect - --certificate > anna.crt", "its certificate")
                .example("kubepki inspect demo/pki/ca.crt --pin", "the hash for kubeadm join")
                .runs(InspectCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        in.atMostOneOf("text", "certificate", "public-key", "pin", "output");
        char[] password = password(in);
        List<Inspection> inspections = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (String operand : in.operands()) {
            try {
                inspections.add(Inspection.of(shown(operand), read(in, operand), password));
            } catch (InspectFailure failure) {
                failures.add(SafeText.escape(String.valueOf(failure.getMessage())));
            }
        }
        print(in, inspections);
        if (!failures.isEmpty()) {
            failures.subList(0, failures.size() - 1).forEach(each -> in.err().println("error: " + each));
            throw new CommandFailure(failures.getLast());
        }
        for (Inspection each : inspections) {
            if (each.isDamaged()) {
                throw new CommandFailure(SafeText.escape(each.name()) + ": a part of it could not be read; see above");
            }
        }
        return ExitCode.DONE;
    }

    private static String shown(String operand) {
        return operand.equals("-") ? "standard input" : operand;
    }

    private static byte[] read(Invocation in, String operand) throws IOException, CommandFailure {
        if (operand.equals("-")) {
            return in.in().readNBytes(Inspection.MAX_BYTES + 1);
        }
        Path path = in.resolve(operand);
        if (Files.isDirectory(path)) {
            throw new CommandFailure(operand + ": is a folder", "List what is in it with 'kubepki list --dir DIR'.");
        }
        try (InputStream file = Files.newInputStream(path)) {
            return file.readNBytes(Inspection.MAX_BYTES + 1);
        }
    }

    private static char[] password(Invocation in) throws IOException, CommandFailure {
        in.atMostOneOf("password-file", "password-env");
        if (in.given("password-env")) {
            String name = in.required("password-env");
            String value = in.environment().get(name);
            if (value == null) {
                throw new UsageException("the environment variable " + name + " of --password-env is not set");
            }
            return value.toCharArray();
        }
        if (!in.given("password-file")) {
            return new char[0];
        }
        List<String> lines = Files.readAllLines(in.requiredPath("password-file"));
        if (lines.isEmpty() || lines.getFirst().isEmpty()) {
            throw new CommandFailure(in.required("password-file") + ": holds no password in its first line");
        }
        return lines.getFirst().toCharArray();
    }

    private static void print(Invocation in, List<Inspection> inspections) throws CommandFailure {
        if (in.flag("text")) {
            printText(in, inspections);
        } else if (in.flag("certificate") || in.output() == OutputFormat.PEM) {
            printCertificates(in, inspections);
        } else if (in.flag("public-key") || in.flag("pin")) {
            printKeys(in, inspections);
        } else if (in.output() == OutputFormat.JSON) {
            in.out().print(SafeText.escapeDocument(JsonWriter.indented(2).write(node(inspections, in))));
        } else if (in.output() == OutputFormat.YAML) {
            in.out().print(SafeText.escapeDocument(YamlWriter.inOrder().write(node(inspections, in))));
        } else {
            InspectPrinter printer = new InspectPrinter(in);
            inspections.forEach(printer::print);
        }
    }

    private static Node node(List<Inspection> inspections, Invocation in) {
        List<Node> files = new ArrayList<>();
        for (Inspection each : inspections) {
            List<Node> contents = new InspectFileStates(in)
                    .complete(each.facts(in.clock().instant())).stream()
                            .map(Facts::node)
                            .map(Node.class::cast)
                            .toList();
            files.add(dev.kubepki.pki.document.Mapping.of("file", each.name())
                    .with("contents", Sequence.of(contents))
                    .with("notes", Sequence.ofStrings(each.notes())));
        }
        return Sequence.of(files);
    }

    private static void printText(Invocation in, List<Inspection> inspections) throws CommandFailure {
        for (Inspection each : inspections) {
            List<String> texts = each.opensslTexts();
            requireAny(each, texts, "certificate, request or revocation list");
            texts.forEach(text -> in.out().print(text));
        }
    }

    private static void printCertificates(Invocation in, List<Inspection> inspections) throws CommandFailure {
        for (Inspection each : inspections) {
            List<Certificate> certificates = each.certificates();
            if (certificates.isEmpty() && each.isUnissued()) {
                throw new CommandFailure(
                        each.name() + ": the request has no certificate yet",
                        "Approve it with 'kubectl certificate approve NAME', then fetch the object again.");
            }
            requireAny(each, certificates, "certificate");
            certificates.forEach(certificate -> in.out().print(certificate.pem().encode()));
        }
    }

    private static void printKeys(Invocation in, List<Inspection> inspections) throws CommandFailure {
        for (Inspection each : inspections) {
            List<PublicKey> keys = each.publicKeys();
            requireAny(each, keys, "public key that can be read");
            for (PublicKey key : keys) {
                if (in.flag("pin")) {
                    in.out().println(Inspection.pin(key));
                } else {
                    in.out().print(KeyPem.encodePublic(key).encode());
                }
            }
        }
    }

    private static void requireAny(Inspection inspection, List<?> found, String what) throws CommandFailure {
        if (found.isEmpty()) {
            throw new CommandFailure(SafeText.escape(inspection.name()) + ": holds no " + what);
        }
    }
}
