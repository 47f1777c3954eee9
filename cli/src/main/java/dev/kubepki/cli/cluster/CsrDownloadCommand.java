package dev.kubepki.cli.cluster;

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
import dev.kubepki.pki.files.Credential;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr download`.
final class CsrDownloadCommand implements Handler {
    private static final Map<CsrState, String> WHY_NOT = Map.of(
            CsrState.PENDING, "nobody has approved it",
            CsrState.APPROVED, "it is approved, and its signer has not signed it",
            CsrState.DENIED, "it was denied",
            CsrState.FAILED, "its signer refused it",
            CsrState.ISSUED, "what its signer published can't be read");

    static CommandSpec spec() {
        return CommandSpec.named("download", "Take the certificate that was issued")
                .describedAs("""
                        As PEM, the chain below it where the signer published one. What was published for another key than
                        the request's is refused.
                        """)
                .operands(Operands.between(0, 1, "[NAME]", ValueKind.TEXT))
                .options(
                        OptionSpec.file("filename", "FILE", "from the object saved in this file; - for standard input")
                                .letter('f'),
                        OptionSpec.file("output", "FILE", "where to write it; - for standard output")
                                .letter('o'),
                        OptionSpec.file("key", "FILE", "the private key that it has to match"))
                .options(ClusterOptions.options())
                .example("kubepki csr download anna -o anna.crt --key anna.key", "and check that both match")
                .example("kubepki csr download -f anna.yaml", "from 'kubectl get csr anna -o yaml > anna.yaml'")
                .runs(CsrDownloadCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        if (in.given("filename") == !in.operands().isEmpty()) {
            throw new UsageException("name one request, or a file with --filename");
        }
        ObjectNode object = in.given("filename")
                ? only(in)
                : new Cluster(ClusterOptions.connect(in)).request(in.operands().getFirst());
        List<Certificate> certificates = certificates(object);
        if (in.given("key")) {
            Path path = in.requiredPath("key");
            if (!KeyFile.read(path).key().matches(certificates.getFirst().publicKey())) {
                throw new CommandFailure(path + ": is not the private key of the certificate");
            }
        }
        write(in, Credential.pem(certificates));
        return ExitCode.DONE;
    }

    private static ObjectNode only(Invocation in) throws IOException, CommandFailure {
        List<ObjectNode> objects = RequestInput.objects(in, in.required("filename"));
        if (objects.size() > 1) {
            throw new CommandFailure(
                    in.required("filename") + ": holds " + objects.size() + " requests, where one was expected");
        }
        return objects.getFirst();
    }

    /// The certificate and what was published below it.
    static List<Certificate> certificates(ObjectNode object) throws CommandFailure {
        RequestObject request = new RequestObject(object);
        Published published = Published.of(object);
        if (published.leaf().isEmpty()) {
            CsrState state = request.state();
            throw new CommandFailure(
                    "the request \"" + request.name() + "\" has no certificate: " + WHY_NOT.get(state)
                            + CsrWaitCommand.told(object, state),
                    "Ask what is to be done with 'kubepki csr explain " + request.name() + "'.");
        }
        if (!published.answers(object)) {
            throw new CommandFailure(
                    "the certificate in the request \"" + request.name() + "\" is for another key than the request's",
                    "Tell whoever runs the signer " + request.signerName() + ".");
        }
        return published.certificates();
    }

    private static void write(Invocation in, byte[] pem) {
        Optional<String> file = in.string("output").filter(name -> !name.equals("-"));
        if (file.isPresent()) {
            new DurableFiles(FileOperations.disk()).write(in.resolve(file.get()), pem, FileMode.WORLD_READABLE);
        } else {
            in.out().print(new String(pem, StandardCharsets.US_ASCII));
        }
    }
}
