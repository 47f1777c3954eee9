package dev.kubepki.pki.fuzz;

import dev.kubepki.pki.cluster.ClusterDescription;
import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.inspect.InspectFailure;
import dev.kubepki.pki.inspect.Inspection;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.verify.PathValidator;
import dev.kubepki.pki.verify.PeerName;
import dev.kubepki.pki.verify.Purpose;
import dev.kubepki.pki.verify.TrustAnchor;
import dev.kubepki.pki.verify.VerificationPolicy;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.RevocationList;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A parser of foreign bytes, and the failures that it declares. Whatever else comes out is a bug.
@SuppressWarnings("ImmutableEnumChecker") // the parsers have no state
enum FuzzTarget {
    PEM(bytes -> Pem.readAll(bytes).forEach(Pem::encode), List.of(KeyFailure.class)),
    PRIVATE_KEY(bytes -> KeyPem.readPrivateKey(bytes, Optional.of(secret())), List.of(KeyFailure.class)),
    PUBLIC_KEYS(KeyPem::readPublicKeys, List.of(KeyFailure.class)),
    /// Keys in DER, which the mutation of a PEM text hardly reaches.
    KEY_DER(FuzzTarget::keyDer, List.of(KeyFailure.class)),
    CERTIFICATE(bytes -> Accessors.readEach(Certificate.decode(bytes)), List.of(X509Failure.class)),
    CERTIFICATES(Certificate::readAll, List.of(X509Failure.class, KeyFailure.class)),
    REQUEST(bytes -> Accessors.readEach(CertificateRequest.decode(bytes)), List.of(X509Failure.class)),
    REVOCATION_LIST(bytes -> Accessors.readEach(RevocationList.decode(bytes)), List.of(X509Failure.class)),
    INSPECTION(FuzzTarget::inspection, List.of(InspectFailure.class)),
    DOCUMENTS(FuzzTarget::documents, List.of(DocumentFailure.class)),
    DESCRIPTION(bytes -> ClusterDescription.parse("cluster.yaml", bytes, FuzzTarget::host), List.of()),
    KUBECONFIG(FuzzTarget::kubeconfig, List.of(KubeconfigFailure.class)),
    PATH(FuzzTarget::path, List.of()),
    SET(FoundSetFuzzing::judge, List.of());

    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final Consumer<byte[]> parser;
    private final List<Class<? extends RuntimeException>> declared;

    FuzzTarget(Consumer<byte[]> parser, List<Class<? extends RuntimeException>> declared) {
        this.parser = parser;
        this.declared = declared;
    }

    /// Parses the bytes. Returns whether they were accepted.
    boolean read(byte[] bytes) {
        return run(parser, declared, bytes);
    }

    static boolean run(Consumer<byte[]> parser, List<Class<? extends RuntimeException>> declared, byte[] bytes) {
        try {
            parser.accept(bytes);
            return true;
        } catch (RuntimeException failure) {
            if (declared.stream().noneMatch(type -> type.isInstance(failure))) {
                throw failure;
            }
            if (failure.getMessage() == null) {
                throw new AssertionError("a failure without a sentence", failure);
            }
            return false;
        }
    }

    private static char[] secret() {
        return "trustno1".toCharArray();
    }

    private static void keyDer(byte[] bytes) {
        for (String type : List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
            try {
                KeyPem.readPrivateKey(Pem.of(type, bytes), Optional.of(secret()));
            } catch (KeyFailure e) {
                // The next type may fit.
            }
        }
        KeyPem.publicKey(bytes);
    }

    private static void inspection(byte[] bytes) {
        Inspection inspection = Inspection.of("file", bytes, secret());
        inspection.facts(NOW);
        inspection.notes();
        inspection.certificates();
        inspection.isUnissued();
        inspection.isDamaged();
        Accessors.tolerate(inspection::publicKeys);
        Accessors.tolerate(inspection::opensslTexts);
    }

    private static void documents(byte[] bytes) {
        for (Document document : Documents.read("file", bytes)) {
            String yaml = YamlWriter.sorted().write(document.root());
            JsonWriter.compact().write(document.root());
            // What was written must be readable, and say the same.
            if (!Documents.readOne("again", yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .root()
                    .equals(document.root())) {
                throw new AssertionError("written and read again it is another document");
            }
        }
    }

    private static void kubeconfig(byte[] bytes) {
        Kubeconfig config = Kubeconfig.parse(Path.of("/x/admin.conf"), bytes);
        config.clusters().forEach(cluster -> Accessors.tolerate(cluster::certificateAuthority));
        config.users().forEach(user -> {
            Accessors.tolerate(user::clientCertificate);
            Accessors.tolerate(user::clientKey);
        });
        config.currentCluster();
        config.currentUser();
        Kubeconfig.parse(Path.of("/x/admin.conf"), config.encoded());
    }

    private static Host host() {
        return new Host("node", List.of(new IpAddress("10.0.0.1")), List.of());
    }

    /// The first certificate is the end entity, the last one the anchor.
    private static void path(byte[] bytes) {
        List<Certificate> chain = DerValues.certificates(bytes);
        if (chain.isEmpty()) {
            return;
        }
        for (VerificationPolicy policy : List.of(VerificationPolicy.KUBERNETES, VerificationPolicy.WEB_PKI)) {
            PathValidator validator = new PathValidator(List.of(new TrustAnchor(chain.getLast())), policy, PROVIDER);
            List<PeerName> peers = List.of(PeerName.of("node.example.com"));
            validator.verify(chain.getFirst(), chain, Purpose.SERVER, peers, NOW);
            validator.verify(chain.getFirst(), chain, Purpose.ANY, NOW);
        }
    }
}
