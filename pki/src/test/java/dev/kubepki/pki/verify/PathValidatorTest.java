package dev.kubepki.pki.verify;

import static dev.kubepki.pki.verify.Chains.NOW;
import static dev.kubepki.pki.verify.Chains.PROVIDER;
import static dev.kubepki.pki.verify.Chains.YEAR;
import static dev.kubepki.pki.verify.Chains.ca;
import static dev.kubepki.pki.verify.Chains.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.verify.Chains.Recipe;
import dev.kubepki.pki.verify.Chains.Signer;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathValidatorTest {
    private final Signer root = ca("root").selfSigned();
    private final Signer middle = ca("middle").signedBy(root);

    private static Verdict verify(VerificationPolicy policy, Purpose purpose, Certificate leaf, Signer... others) {
        List<Certificate> untrusted =
                Arrays.stream(others).skip(1).map(Signer::certificate).toList();
        return new PathValidator(List.of(new TrustAnchor(others[0].certificate())), policy, PROVIDER)
                .verify(leaf, untrusted, purpose, NOW);
    }

    /// The default policy; the first of the others is the anchor.
    private static Verdict verify(Certificate leaf, Signer... others) {
        return verify(VerificationPolicy.KUBERNETES, Purpose.SERVER, leaf, others);
    }

    private static Rejection rejection(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        return ((Verdict.Rejected) verdict).reason();
    }

    private static void assertGood(Verdict verdict, Certificate... path) {
        assertThat(verdict).isInstanceOf(VerifiedPath.class);
        assertThat(((VerifiedPath) verdict).certificates()).containsExactly(path);
    }

    @Test
    void findsThePathThroughUnsortedIntermediates() {
        Signer lower = ca("lower").signedBy(middle);
        Certificate leaf = leaf().signedBy(lower).certificate();
        Signer stranger = ca("stranger").selfSigned();
        assertGood(
                verify(leaf, root, lower, stranger, middle),
                leaf,
                lower.certificate(),
                middle.certificate(),
                root.certificate());
    }

    @Test
    void believesAnIntermediateThatIsTheOnlyAnchor() {
        Certificate leaf = leaf().signedBy(middle).certificate();
        assertGood(verify(leaf, middle, root), leaf, middle.certificate());
    }

    @Test
    void believesAnEndEntityThatIsItselfAnAnchor() {
        Signer self = leaf().selfSigned();
        assertGood(verify(self.certificate(), self), self.certificate());
    }

    @Test
    void triesAllAnchorsOfOneName() {
        Signer old = ca("ca").selfSigned();
        Signer current = ca("ca").selfSigned();
        Certificate leaf = leaf().signedBy(current).certificate();
        PathValidator validator = new PathValidator(
                List.of(new TrustAnchor(old.certificate()), new TrustAnchor(current.certificate())),
                VerificationPolicy.KUBERNETES,
                PROVIDER);
        assertGood(validator.verify(leaf, List.of(), Purpose.SERVER, NOW), leaf, current.certificate());
    }

    @Test
    void namesTheIssuerThatNobodyKnows() {
        Certificate leaf = leaf().signedBy(middle).certificate();
        Rejection reason = rejection(verify(leaf, root));
        assertThat(reason).isEqualTo(new Rejection.UnknownIssuer(leaf, leaf.issuer()));
        assertThat(reason.sentence())
                .isEqualTo("'CN = node' was signed by 'CN = middle', which is not among the known CAs");
    }

    @Test
    void tellsAForeignKeyUnderTheSameNameFromAnUnknownName() {
        Signer impostor = ca("root").selfSigned();
        Certificate leaf = leaf().signedBy(impostor).certificate();
        assertThat(rejection(verify(leaf, root))).isEqualTo(new Rejection.BadSignature(leaf, root.certificate()));
    }

    @Test
    void refusesACertificateChangedAfterItsSigning() {
        Certificate leaf = leaf().signedBy(root).certificate();
        byte[] der = leaf.der();
        int at = indexOf(der, "node.example.com");
        der[at] = 'm';
        assertThat(rejection(verify(Certificate.decode(der), root))).isInstanceOf(Rejection.BadSignature.class);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void refusesWhatIsOutOfItsTimeWhereverItStands() {
        Instant past = NOW.minusSeconds(1);
        Certificate expired =
                leaf().validity(past.minus(YEAR), past).signedBy(root).certificate();
        assertThat(rejection(verify(expired, root))).isEqualTo(new Rejection.Expired(expired, NOW, past));

        Certificate early = leaf().validity(NOW.plusSeconds(1), NOW.plus(YEAR))
                .signedBy(root)
                .certificate();
        assertThat(rejection(verify(early, root))).isEqualTo(new Rejection.NotYetValid(early, NOW, NOW.plusSeconds(1)));

        Signer deadMiddle = ca("middle").validity(past.minus(YEAR), past).signedBy(root);
        Certificate below = leaf().signedBy(deadMiddle).certificate();
        assertThat(rejection(verify(below, root, deadMiddle)))
                .isEqualTo(new Rejection.Expired(deadMiddle.certificate(), NOW, past));

        Signer deadRoot = ca("root").validity(past.minus(YEAR), past).selfSigned();
        assertThat(rejection(verify(leaf().signedBy(deadRoot).certificate(), deadRoot)))
                .isEqualTo(new Rejection.Expired(deadRoot.certificate(), NOW, past));
    }

    @Test
    void includesBothEndsOfTheValidityAndForgetsFractions() {
        Certificate leaf = leaf().validity(NOW, NOW).signedBy(root).certificate();
        PathValidator validator = new PathValidator(
                List.of(new TrustAnchor(root.certificate())), VerificationPolicy.KUBERNETES, PROVIDER);
        assertGood(validator.verify(leaf, List.of(), Purpose.SERVER, NOW.plusMillis(999)), leaf, root.certificate());
        assertThat(rejection(validator.verify(leaf, List.of(), Purpose.SERVER, NOW.plusSeconds(1))))
                .isInstanceOf(Rejection.Expired.class);
    }

    @Test
    void walksAroundAnExpiredCrossCertificate() {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        Signer newRoot = ca("cross", key).selfSigned();
        Signer dead =
                ca("cross", key).validity(NOW.minus(YEAR), NOW.minusSeconds(9)).signedBy(root);
        Certificate leaf = leaf().signedBy(newRoot).certificate();
        PathValidator validator = new PathValidator(
                List.of(new TrustAnchor(root.certificate()), new TrustAnchor(newRoot.certificate())),
                VerificationPolicy.KUBERNETES,
                PROVIDER);
        assertGood(
                validator.verify(leaf, List.of(dead.certificate()), Purpose.SERVER, NOW), leaf, newRoot.certificate());
    }

    @Test
    void refusesIssuersThatAreNoCas() {
        Signer leafAsCa = leaf().signedBy(root);
        Certificate below = leaf().signedBy(leafAsCa).certificate();
        assertThat(rejection(verify(below, root, leafAsCa))).isEqualTo(new Rejection.NotACa(leafAsCa.certificate()));

        Signer mute = ca("mute").without(Extension.BASIC_CONSTRAINTS).selfSigned();
        assertThat(rejection(verify(leaf().signedBy(mute).certificate(), mute)))
                .isEqualTo(new Rejection.NotACa(mute.certificate()));

        Signer unable = ca("unable").with(Chains.usages(KeyUsage.CRL_SIGN)).selfSigned();
        assertThat(rejection(verify(leaf().signedBy(unable).certificate(), unable)))
                .isInstanceOf(Rejection.MayNotSign.class);

        Signer silent = ca("silent").without(Extension.KEY_USAGE).selfSigned();
        Certificate leaf = leaf().signedBy(silent).certificate();
        assertGood(verify(leaf, silent), leaf, silent.certificate());
    }

    @Test
    void countsCasBelowAPathLengthButNotSelfIssuedOnesNorTheEndEntity() {
        Signer zero = ca("zero").with(Chains.pathLength(0)).signedBy(root);
        Certificate leaf = leaf().signedBy(zero).certificate();
        assertGood(verify(leaf, root, zero), leaf, zero.certificate(), root.certificate());

        Signer below = ca("below").signedBy(zero);
        assertThat(rejection(verify(leaf().signedBy(below).certificate(), root, zero, below)))
                .isEqualTo(new Rejection.PathTooLong(zero.certificate(), 0));

        Signer rolledOver = ca("zero").with(Chains.pathLength(0)).signedBy(zero);
        Certificate third = leaf().signedBy(rolledOver).certificate();
        assertThat(verify(third, root, zero, rolledOver)).isInstanceOf(VerifiedPath.class);
        assertThat(rejection(verify(
                        VerificationPolicy.KUBERNETES.withMaxIntermediates(0), Purpose.SERVER, leaf, root, zero)))
                .isEqualTo(new Rejection.PathTooLong(zero.certificate(), 0));
    }

    @Test
    void asksForThePurposeInTheLeafAndInEveryCaAbove() {
        Certificate client = leaf().with(Chains.purposes(ExtendedKeyUsage.CLIENT_AUTH))
                .signedBy(root)
                .certificate();
        assertThat(rejection(verify(client, root)))
                .isEqualTo(new Rejection.WrongPurpose(
                        client, ExtendedKeyUsage.SERVER_AUTH, List.of(ExtendedKeyUsage.CLIENT_AUTH)));
        assertThat(verify(VerificationPolicy.KUBERNETES, Purpose.CLIENT, client, root))
                .isInstanceOf(VerifiedPath.class);
        assertThat(verify(VerificationPolicy.KUBERNETES, Purpose.ANY, client, root))
                .isInstanceOf(VerifiedPath.class);

        Signer clientCa = ca("client-ca")
                .with(Chains.purposes(ExtendedKeyUsage.CLIENT_AUTH))
                .signedBy(root);
        Certificate server = leaf().signedBy(clientCa).certificate();
        assertThat(rejection(verify(server, root, clientCa)))
                .isInstanceOfSatisfying(
                        Rejection.WrongPurpose.class, r -> assertThat(r.where()).isEqualTo(clientCa.certificate()));

        Certificate anything = leaf().with(Chains.purposes(ExtendedKeyUsage.ANY))
                .signedBy(root)
                .certificate();
        assertThat(verify(anything, root)).isInstanceOf(VerifiedPath.class);
        Certificate open =
                leaf().without(Extension.EXTENDED_KEY_USAGE).signedBy(root).certificate();
        assertThat(verify(open, root)).isInstanceOf(VerifiedPath.class);
        assertThat(rejection(verify(VerificationPolicy.WEB_PKI, Purpose.SERVER, open, root)))
                .isInstanceOfSatisfying(
                        Rejection.RuleBroken.class,
                        r -> assertThat(r.rule()).isEqualTo(CertificateRule.PURPOSES_NAMED));
    }

    @Test
    void asksTlsPeersForDigitalSignature() {
        Certificate old = leaf().with(Chains.usages(KeyUsage.KEY_ENCIPHERMENT))
                .signedBy(root)
                .certificate();
        assertThat(rejection(verify(old, root))).isInstanceOf(Rejection.WrongKeyUsage.class);
        assertThat(verify(VerificationPolicy.RFC_5280, Purpose.SERVER, old, root))
                .as("RFC 5280 leaves it to TLS")
                .isInstanceOf(VerifiedPath.class);
        assertThat(verify(VerificationPolicy.KUBERNETES, Purpose.ANY, old, root))
                .isInstanceOf(VerifiedPath.class);
        Certificate open = leaf().without(Extension.KEY_USAGE).signedBy(root).certificate();
        assertThat(verify(open, root)).isInstanceOf(VerifiedPath.class);
    }

    @Test
    void refusesACriticalExtensionThatItDoesNotKnow() {
        Extension strange = new Extension("1.3.6.1.4.1.55555.1", true, new byte[] {5, 0});
        Certificate leaf = leaf().with(strange).signedBy(root).certificate();
        assertThat(rejection(verify(leaf, root)))
                .isEqualTo(new Rejection.CriticalExtensionUnknown(leaf, strange.oid()));
        Certificate relaxed = leaf().with(new Extension(strange.oid(), false, strange.value()))
                .signedBy(root)
                .certificate();
        assertThat(verify(relaxed, root)).isInstanceOf(VerifiedPath.class);
    }

    @Test
    void refusesExtensionsThatAreNotWhatTheyPromise() {
        for (String hex : List.of("04", "3000", "0500", "30098207612e622e632e")) {
            Extension names = new Extension(
                    Extension.SUBJECT_ALT_NAME, false, HexFormat.of().parseHex(hex));
            Certificate leaf = leaf().with(names).signedBy(root).certificate();
            assertThat(rejection(verify(leaf, root))).as(hex).isInstanceOf(Rejection.MalformedExtension.class);
        }
    }

    @Test
    void refusesWeakKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        SigningKey key = KeyPem.readPrivateKey(Pem.of("PRIVATE KEY", pkcs8).encoded());
        Signer weak = ca("weak", key).selfSigned();
        assertThat(rejection(verify(leaf().signedBy(weak).certificate(), weak)))
                .isEqualTo(new Rejection.WeakKey(weak.certificate(), "RSA-1024"));
    }

    @Test
    void comparesIssuerNamesByteByByteLikeKubernetesUnlessToldOtherwise() {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        Signer lower = ca("cluster ca", key).selfSigned();
        Signer upper = ca("Cluster  CA", key).selfSigned();
        Certificate leaf = leaf().signedBy(upper).certificate();
        assertThat(rejection(verify(leaf, lower))).isInstanceOf(Rejection.UnknownIssuer.class);
        VerificationPolicy relaxed = VerificationPolicy.RFC_5280;
        assertGood(verify(relaxed, Purpose.SERVER, leaf, lower), leaf, lower.certificate());
    }

    @Test
    void takesKeyIdentifiersAsHintsOnly() {
        Recipe recipe = leaf();
        String wrong = "00112233445566778899";
        Signer misnamed = ca("ca").selfSigned();
        Signer renamed = new Signer(
                ca("ca", misnamed.key())
                        .with(CertificateExtensions.subjectKeyIdentifier(wrong))
                        .selfSigned()
                        .certificate(),
                misnamed.key());
        Certificate leaf = recipe.signedBy(misnamed).certificate();
        assertGood(verify(leaf, renamed), leaf, renamed.certificate());
    }

    @Test
    void stopsAtEachLimitOfTheBudget() {
        Signer first = ca("same").selfSigned();
        Certificate leaf = leaf().signedBy(first).certificate();
        List<Signer> maze = new ArrayList<>(List.of(root));
        for (int i = 0; i < 12; i++) {
            maze.add(ca("same").signedBy(ca("same").selfSigned()));
        }
        Signer[] others = maze.toArray(Signer[]::new);
        VerificationPolicy noSignatures = VerificationPolicy.KUBERNETES.withBudget(new Budget(5, 100, 100));
        assertThat(rejection(verify(noSignatures, Purpose.SERVER, leaf, others)))
                .isEqualTo(new Rejection.BudgetExceeded("signature checks", 5));
        VerificationPolicy noSteps = VerificationPolicy.KUBERNETES.withBudget(new Budget(100, 5, 100));
        assertThat(rejection(verify(noSteps, Purpose.SERVER, leaf, others)))
                .isEqualTo(new Rejection.BudgetExceeded("path steps", 5));
        assertThat(rejection(verify(leaf, others))).isInstanceOf(Rejection.BadSignature.class);
    }

    @Test
    void endsInACircleOfCas() {
        SigningKey keyA = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        SigningKey keyB = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        Signer rootA = ca("a", keyA).selfSigned();
        Signer rootB = ca("b", keyB).selfSigned();
        Signer crossA = ca("a", keyA).signedBy(rootB);
        Signer crossB = ca("b", keyB).signedBy(rootA);
        Certificate leaf = leaf().signedBy(rootA).certificate();
        assertThat(rejection(verify(leaf, root, crossA, crossB))).isInstanceOf(Rejection.UnknownIssuer.class);
        assertGood(verify(leaf, rootB, crossA, crossB), leaf, crossA.certificate(), rootB.certificate());
    }

    @Test
    void keepsTheProfileToTheLetterOnlyWhereAsked() {
        Signer zeroSerial = ca("kubernetes").serial(BigInteger.ZERO).selfSigned();
        Certificate leaf = leaf().signedBy(zeroSerial).certificate();
        assertThat(verify(leaf, zeroSerial)).isInstanceOf(VerifiedPath.class);
        assertBroken(CertificateRule.SERIAL_IN_RANGE, leaf, zeroSerial);

        Signer relaxed = ca("easy")
                .with(new Extension(
                        Extension.BASIC_CONSTRAINTS,
                        false,
                        CertificateExtensions.basicConstraints(BasicConstraints.AUTHORITY)
                                .value()))
                .selfSigned();
        assertBroken(
                CertificateRule.BASIC_CONSTRAINTS_CRITICAL,
                leaf().signedBy(relaxed).certificate(),
                relaxed);

        Certificate underscore =
                leaf().with(Chains.names("my_node.example.com")).signedBy(root).certificate();
        assertBroken(CertificateRule.DNS_NAME_SYNTAX, underscore, root);
        Certificate signing = leaf().with(Chains.usages(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CERT_SIGN))
                .signedBy(root)
                .certificate();
        assertBroken(CertificateRule.SIGNING_ONLY_BY_CAS, signing, root);
        Certificate nameless =
                leaf().subject(DistinguishedName.of(List.of())).signedBy(root).certificate();
        assertBroken(CertificateRule.ONLY_NAMES_CRITICAL, nameless, root);
    }

    private static void assertBroken(CertificateRule rule, Certificate leaf, Signer anchor) {
        assertThat(verify(leaf, anchor)).as("%s by default", rule).isInstanceOf(VerifiedPath.class);
        assertThat(rejection(verify(VerificationPolicy.RFC_5280, Purpose.SERVER, leaf, anchor)))
                .isInstanceOfSatisfying(
                        Rejection.RuleBroken.class, r -> assertThat(r.rule()).isEqualTo(rule));
        assertThat(verify(VerificationPolicy.RFC_5280.without(rule), Purpose.SERVER, leaf, anchor))
                .isInstanceOf(VerifiedPath.class);
    }

    @Test
    void refusesANegativeSerialNumberByDefault() {
        Certificate leaf = leaf().serial(BigInteger.valueOf(-5)).signedBy(root).certificate();
        assertThat(rejection(verify(leaf, root)))
                .isInstanceOfSatisfying(
                        Rejection.RuleBroken.class,
                        r -> assertThat(r.rule()).isEqualTo(CertificateRule.SERIAL_NOT_NEGATIVE));
    }
}
