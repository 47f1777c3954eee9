package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.exchange.IssuingAuthority;
import dev.kubepki.pki.exchange.RequestDraft;
import dev.kubepki.pki.exchange.SigningProfile;
import dev.kubepki.pki.exchange.SubjectText;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One request from flags.
final class SingleRequest {
    private SingleRequest() {}

    static int run(Invocation in) throws CommandFailure {
        DistinguishedName subject = in.given("cn")
                ? DistinguishedName.of(in.required("cn"), in.list("org"))
                : SubjectText.parse(in.string("subject").orElseThrow());
        if (in.given("subject") && in.given("org")) {
            throw new UsageException("--org goes with --cn; write groups into --subject as /O=group");
        }
        List<SubjectAltName> names = ExchangeFiles.names(in);
        RequestDraft draft = new RequestDraft(subject, names, usage(in, names).usages());
        CryptoProvider provider = CryptoProvider.jdk();
        Optional<Path> existing = in.path("key");
        SigningKey key = existing.isPresent()
                ? IssuingAuthority.key(FileOperations.disk(), existing.get(), new PassIn(in).of(existing.get()))
                : newKey(in, provider);
        CertificateRequest request = draft.sign(key, provider);
        ExchangeFiles.write(in, request.pem().encoded());
        return ExitCode.DONE;
    }

    private static SigningProfile usage(Invocation in, List<SubjectAltName> names) {
        Optional<String> given = in.string("usage");
        if (given.isPresent()) {
            return SigningProfile.parse(given.get()).orElseThrow();
        }
        SigningProfile usage = names.isEmpty() ? SigningProfile.CLIENT : SigningProfile.SERVER;
        if (!in.quiet()) {
            in.err().println("note: asks for a " + usage.label() + " certificate; --usage says otherwise");
        }
        return usage;
    }

    private static SigningKey newKey(Invocation in, CryptoProvider provider) throws CommandFailure {
        Path file = in.path("out-key").orElseGet(() -> beside(in));
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(
                    file + ": is there already and is not replaced",
                    "Use it with --key, or name another with --out-key.");
        }
        SigningKey key = provider.generate(ExchangeFiles.algorithm(in.required("key-algorithm")));
        ExchangeFiles.write(file, KeyPem.encode(key).encoded(), FileMode.OWNER_ONLY);
        in.err().println("wrote the private key to " + file);
        return key;
    }

    private static Path beside(Invocation in) {
        String output = in.string("output").orElse(ExchangeFiles.STANDARD);
        if (output.equals(ExchangeFiles.STANDARD)) {
            throw new UsageException(
                    "a new private key needs a file",
                    "Name it with --out-key, or write the request to a file with -o.");
        }
        String base = output.endsWith(".csr") ? output.substring(0, output.length() - 4) : output;
        return in.resolve(base + ".key");
    }
}
