package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.exchange.IssuingAuthority;
import dev.kubepki.pki.exchange.RequestReview;
import dev.kubepki.pki.exchange.SigningProfile;
import dev.kubepki.pki.exchange.SigningTerms;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.issue.Prepared;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.X509Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `kubepki sign`: signs one request, or a whole archive of them.
public final class SignCommand implements Handler {
    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("sign", "Sign certificate requests with a CA")
                .describedAs("""
                        Verifies that the request is its key's own, shows on standard error what it will sign, and writes the
                        certificate. The profile decides the usages; the names come from the request. Certificates are version 3,
                        end with their CA at the latest, and last a year (a CA: ten).

                        Refused are weak keys, malformed names, CAs under another profile than 'authority', servers without a
                        host name, and members of system:masters without --allow-privileged.

                        With --dir the CA is the folder's, and its ledger keeps a line of each certificate.
                        """)
                .operands(Operands.between(0, 1, "[REQUEST]", ValueKind.FILE))
                .options(forAuthority())
                .options(forRequests())
                .options(forArchives())
                .example("kubepki sign jane.csr --dir demo --profile client -o jane.crt", "a user's certificate")
                .example("kubepki sign ca.csr --self --ca-key ca.key -o ca.crt", "a root from its request")
                .example(
                        "kubepki sign --archive requests.zip --dir ca --allow-privileged --yes -o answers.zip",
                        "a whole set")
                .exits(ExitCode.FAILED, "something is refused; nothing was signed")
                .runs(() -> ExchangeFiles.guarded(new SignCommand()));
    }

    private static OptionSpec[] forAuthority() {
        return new OptionSpec[] {
            OptionSpec.file("ca", "FILE", "the CA's certificate").under("The CA"),
            OptionSpec.file("ca-key", "FILE", "the CA's private key").under("The CA"),
            PassIn.option().under("The CA"),
            OptionSpec.directory("dir", "DIR", "a set's folder that holds the CA")
                    .under("The CA"),
            OptionSpec.text("ca-name", "NAME", "which CA of the folder: ca, etcd-ca, front-proxy-ca, root")
                    .defaultsTo("ca")
                    .under("The CA"),
            OptionSpec.flag("self", "sign a CA's request with its own --ca-key: a new root")
                    .under("The CA")
        };
    }

    private static OptionSpec[] forRequests() {
        return new OptionSpec[] {
            OptionSpec.choice(
                    "profile",
                    "PROFILE",
                    SigningProfile.labels(),
                    "what it is signed as; else what the request's usages come nearest to"),
            OptionSpec.integer("days", "N", "how many days it lasts"),
            OptionSpec.duration("validity", "TIME", "how long it lasts, such as 365d or 12h"),
            OptionSpec.text("san", "NAME", "one more host name or address").repeated(),
            OptionSpec.flag("allow-privileged", "sign members of system:masters too"),
            OptionSpec.file("output", "FILE", "where to write; - for standard output")
                    .letter('o')
        };
    }

    private static OptionSpec[] forArchives() {
        return new OptionSpec[] {
            OptionSpec.file("archive", "FILE", "sign every request of this archive")
                    .under("Archives"),
            OptionSpec.text(
                            "authority",
                            "NAME=CERT,KEY",
                            "a CA by its name in the set; a root that signs " + "nothing here needs no key")
                    .repeated()
                    .under("Archives"),
            OptionSpec.text("expect-digest", "SHA256", "the archive's digest that its sender read out")
                    .under("Archives"),
            OptionSpec.flag("yes", "sign the archive without being asked").under("Archives")
        };
    }

    @Override
    public int run(Invocation in) throws Exception {
        in.atMostOneOf("ca", "dir", "self");
        in.atMostOneOf("days", "validity");
        if (in.given("archive")) {
            if (!in.operands().isEmpty()) {
                throw new UsageException("an --archive and a request don't go together");
            }
            return ArchiveSignature.run(in);
        }
        if (in.operands().isEmpty()) {
            throw new UsageException("name the request, or an archive of them with --archive");
        }
        CertificateRequest request = read(in, in.operands().getFirst());
        CryptoProvider provider = CryptoProvider.jdk();
        RequestReview review = review(in, request, provider);
        Instant now = in.clock().instant();
        List<Certificate> signed =
                in.flag("self") ? self(in, review, provider, now) : bySigner(in, review, provider, now);
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        signed.forEach(c -> pem.writeBytes(c.pem().encoded()));
        ExchangeFiles.write(in, pem.toByteArray());
        return ExitCode.DONE;
    }

    private static CertificateRequest read(Invocation in, String operand) throws IOException, CommandFailure {
        try {
            List<CertificateRequest> requests = CertificateRequest.readAll(ExchangeFiles.read(in, operand));
            if (requests.size() == 1) {
                return requests.getFirst();
            }
            throw new CommandFailure(operand + ": holds " + (requests.isEmpty() ? "no" : "more than one")
                    + " certificate request (PKCS#10 in PEM)");
        } catch (X509Failure | KeyFailure e) {
            throw new CommandFailure(operand + ": " + e.getMessage());
        }
    }

    private static RequestReview review(Invocation in, CertificateRequest request, CryptoProvider provider)
            throws CommandFailure {
        Optional<SigningProfile> said = in.flag("self")
                ? Optional.of(SigningProfile.AUTHORITY)
                : in.string("profile").flatMap(SigningProfile::parse);
        SigningProfile profile = said.orElseGet(() -> SigningProfile.nearest(request));
        Optional<Duration> lifetime =
                in.integer("days").map(days -> Duration.ofDays(days)).or(() -> in.duration("validity"));
        if (lifetime.isPresent() && !lifetime.get().isPositive()) {
            throw new UsageException("a certificate must last longer than nothing");
        }
        SigningTerms terms = new SigningTerms(profile, lifetime, ExchangeFiles.names(in), in.flag("allow-privileged"));
        RequestReview review = RequestReview.of(request, terms, provider);
        String operand = in.operands().getFirst();
        if (!review.isAccepted()) {
            throw new CommandFailure(
                    operand + ": is not signed: " + review.refusals().getFirst(),
                    review.refusals().stream().skip(1).toArray(String[]::new));
        }
        if (said.isEmpty()) {
            in.err().println("note: signed as '" + profile.label() + "'; --profile says otherwise");
        }
        review.notes().forEach(note -> in.err().println("note: " + note));
        return review;
    }

    private static List<Certificate> self(Invocation in, RequestReview review, CryptoProvider provider, Instant now)
            throws CommandFailure {
        Path file =
                in.path("ca-key").orElseThrow(() -> new UsageException("--self needs the request's key as --ca-key"));
        SigningKey key = IssuingAuthority.key(FileOperations.disk(), file, new PassIn(in).of(file));
        if (!key.matches(review.request().publicKey())) {
            throw new CommandFailure(in.required("ca-key") + ": is not the key of "
                    + in.operands().getFirst());
        }
        try {
            Certificate root = CertificateAuthority.root(
                            review.profile(), review.request().subject(), key, now, provider, new SecureRandom())
                    .certificate();
            show(in, root, false);
            return List.of(root);
        } catch (IssuanceRefused e) {
            throw new CommandFailure(in.operands().getFirst() + ": is not signed: " + e.getMessage());
        }
    }

    private static List<Certificate> bySigner(Invocation in, RequestReview review, CryptoProvider provider, Instant now)
            throws CommandFailure {
        SignerFiles files = SignerFiles.of(in);
        IssuingAuthority signer = files.read(new PassIn(in), provider, new SecureRandom());
        try {
            Prepared prepared = signer.authority().prepare(review.profile(), review.issuance(), now);
            show(in, prepared.preview(), prepared.capped());
            Certificate certificate = signer.authority().issue(prepared);
            files.record(now, List.of(certificate), in.string("output").orElse(ExchangeFiles.STANDARD));
            return signer.chain(certificate);
        } catch (IssuanceRefused e) {
            throw new CommandFailure(in.operands().getFirst() + ": is not signed: " + e.getMessage());
        }
    }

    private static void show(Invocation in, Certificate certificate, boolean capped) {
        if (in.quiet()) {
            return;
        }
        in.err().println("subject:  " + certificate.subject());
        in.err().println("issuer:   " + certificate.issuer());
        if (!certificate.subjectAltNames().isEmpty()) {
            in.err()
                    .println("names:    "
                            + String.join(
                                    ", ",
                                    certificate.subjectAltNames().stream()
                                            .map(Object::toString)
                                            .toList()));
        }
        in.err().println("usages:   " + String.join(", ", usages(certificate)));
        in.err()
                .println("valid:    " + certificate.validity().notBefore() + " to "
                        + certificate.validity().notAfter() + (certificate.isCa() ? ", a CA" : "") + ", version 3");
        if (capped) {
            in.err().println("note: it ends with its CA, earlier than asked");
        }
    }

    private static List<String> usages(Certificate certificate) {
        List<String> usages = new java.util.ArrayList<>();
        certificate.keyUsage().orElse(Set.of()).stream()
                .sorted()
                .map(KeyUsage::field)
                .forEach(usages::add);
        certificate.extendedKeyUsages().orElse(List.of()).stream()
                .map(ExtendedKeyUsage::field)
                .forEach(usages::add);
        return usages;
    }
}
