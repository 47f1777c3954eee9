package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import java.util.List;

/// `kubepki request`: asks a CA elsewhere for certificates, for keys that stay here.
public final class RequestCommand implements Handler {
    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("request", "Make certificate requests for a CA elsewhere")
                .describedAs("""
                        One request (PKCS#10) from flags, requests for members of a set beside their keys, or all that a set needs
                        in one archive. Private keys are written to files with mode 0600 and go nowhere else.

                        The way of a whole set whose CA is kept elsewhere:

                          kubepki request -f cluster.yaml --dir D --archive requests.zip
                          kubepki sign --archive requests.zip --dir CA -o answers.zip     (where the CA is)
                          kubepki request --dir D --accept answers.zip

                        Both sides print the archive's digest: compare them over another way than the archive took.
                        """)
                .operands(Operands.between(0, 100_000, "[NAME...]", ValueKind.TEXT))
                .options(forOne())
                .options(SetOptions.forReading())
                .options(forSets())
                .example("kubepki request --cn jane --org dev -o jane.csr", "a user's request, and the key in jane.key")
                .example("kubepki request --dir demo --all", "demo/pki/apiserver.csr and so on")
                .example(
                        "kubepki request --dir demo --external --archive requests.zip",
                        "a whole set for a CA elsewhere")
                .example("kubepki request --dir demo --accept answers.zip", "install what came back")
                .runs(() -> ExchangeFiles.guarded(new RequestCommand()));
    }

    private static OptionSpec[] forOne() {
        return new OptionSpec[] {
            OptionSpec.text("subject", "NAME", "the subject in its order, such as /CN=jane/O=dev")
                    .under("One request"),
            OptionSpec.text("cn", "NAME", "the subject's CN, the user's name").under("One request"),
            OptionSpec.text("org", "GROUP", "one O of the subject, a group of the user")
                    .repeated()
                    .under("One request"),
            OptionSpec.text("san", "NAME", "a host name or address; URI: and email: name the other kinds")
                    .repeated()
                    .under("One request"),
            OptionSpec.choice(
                            "usage",
                            "USAGE",
                            List.of("server", "client", "server-client", "authority"),
                            "what the certificate is for; server where there is a --san, else client")
                    .under("One request"),
            OptionSpec.file("key", "FILE", "the private key that is there").under("One request"),
            PassIn.option().under("One request"),
            OptionSpec.text("key-algorithm", "ALGORITHM", "of a new private key")
                    .defaultsTo("RSA-2048")
                    .under("One request"),
            OptionSpec.file("out-key", "FILE", "where to write a new private key; else beside --output")
                    .under("One request"),
            OptionSpec.file("output", "FILE", "where to write the request; - for standard output")
                    .letter('o')
                    .under("One request")
        };
    }

    private static OptionSpec[] forSets() {
        return new OptionSpec[] {
            OptionSpec.flag("all", "a request beside each key of the set, for signing with other tools"),
            OptionSpec.flag("external", "every CA is kept elsewhere, whatever the description says"),
            OptionSpec.file("archive", "FILE", "pack what the set lacks, or the named, into this archive"),
            OptionSpec.file("accept", "FILE", "check the answer archive and install it"),
            OptionSpec.text("expect-digest", "SHA256", "the answer's digest that its signer read out")
        };
    }

    @Override
    public int run(Invocation in) throws Exception {
        in.atMostOneOf("subject", "cn");
        in.atMostOneOf("all", "archive", "accept");
        in.atMostOneOf("key", "out-key");
        boolean single = in.given("subject") || in.given("cn");
        boolean set = in.given("all")
                || in.given("archive")
                || in.given("accept")
                || !in.operands().isEmpty();
        if (single == set) {
            throw new UsageException(
                    single
                            ? "a --subject and a set's requests don't go together"
                            : "say what to request: --cn NAME or --subject NAME; names of the set, --all or --archive FILE");
        }
        if (single) {
            return SingleRequest.run(in);
        }
        if (in.given("accept")) {
            return SetRequests.accept(in);
        }
        return in.given("archive") ? SetRequests.pack(in) : SetRequests.beside(in);
    }
}
