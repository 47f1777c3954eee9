package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.document.Problems;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.key.CryptoProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A file of signers, a row each, in YAML or JSON.
///
/// @param rows empty when there are problems
/// @param problems all of them at once, each with its line
public record SignerFile(List<SignerRow> rows, List<Problem> problems) {
    private static final String SHIPPED = "signers.yaml";

    /// Defensive copies.
    public SignerFile {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /// Reads a file.
    ///
    /// @param file the name under which problems call it
    public static SignerFile read(String file, byte[] content) {
        Document document;
        try {
            document = Documents.readOne(file, content);
        } catch (DocumentFailure e) {
            return new SignerFile(List.of(), List.of(e.problem()));
        }
        Problems problems = document.problems();
        Fields fields = document.fields(problems);
        List<SignerRow> rows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!fields.has("signers")) {
            fields.problem("signers", "is missing: it is the list of the signers");
        }
        for (Fields one : fields.each("signers")) {
            Optional<SignerRow> row = new SignerRowReader(one, problems).read();
            row.ifPresent(rows::add);
            one.string("name")
                    .filter(name -> !names.add(name))
                    .ifPresent(name -> one.problem("name", "is the name of another signer of this file too"));
        }
        fields.refuseUnknown();
        return problems.isEmpty() ? new SignerFile(rows, List.of()) : new SignerFile(List.of(), problems.list());
    }

    /// The signers that come with the program: `kubepki.dev/service-serving`, for the certificates of services inside
    /// of the cluster. They have the CA of the built-in signers.
    public static SignerFile shipped() {
        try (InputStream in = SignerFile.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not in the program");
            }
            return read(SHIPPED, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The signers of the rows.
    ///
    /// @param folder from which relative names of files lead
    /// @param usual the CA of rows that name none
    /// @param extra further rules for rows that name no CA: what that CA must not sign
    /// @param random for serial numbers: a `SecureRandom` outside of tests
    public List<Signer> signers(
            Path folder,
            Supplier<CertificateAuthority> usual,
            List<SignerRule> extra,
            CryptoProvider provider,
            RandomGenerator random) {
        List<Signer> signers = new ArrayList<>();
        for (SignerRow row : rows) {
            if (row.files().isEmpty()) {
                List<SignerRule> rules = new ArrayList<>(row.policy().rules());
                rules.addAll(extra);
                SignerPolicy policy = new SignerPolicy(row.policy().signerName(), rules);
                signers.add(new Signer(policy, usual, row.usual(), row.longest()));
            } else {
                SignerRow.Files files = row.files().get();
                Supplier<CertificateAuthority> own = new AuthorityFiles(
                        folder.resolve(files.certificate()), folder.resolve(files.key()), provider, random);
                signers.add(new Signer(row.policy(), own, row.usual(), row.longest()));
            }
        }
        return signers;
    }

    /// The policies of the rows.
    public List<SignerPolicy> policies() {
        return rows.stream().map(SignerRow::policy).toList();
    }
}
