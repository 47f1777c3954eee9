package dev.kubepki.server.registry.strategy;

import static dev.kubepki.server.registry.strategy.Fixture.NOW;
import static dev.kubepki.server.registry.strategy.Fixture.PROVIDER;
import static dev.kubepki.server.registry.strategy.Fixture.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.registry.Context;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PodCertificateTest {
    private static final Kind KIND = Fixture.kind("PodCertificateRequest", "podcertificaterequests");
    private static final String UID = "0b2ba9f5-6a3a-4dd2-a46c-6c17ad41ad4c";
    private final PodCertificateStrategy strategy = new PodCertificateStrategy(PROVIDER);

    private static ObjectNode request(String field, byte[] key, byte[] proof) {
        ObjectNode object = tree("{'metadata':{'name':'x','namespace':'default'},'spec':{'signerName':'example.com/s',"
                + "'podName':'p','podUID':'" + UID + "','serviceAccountName':'sa','serviceAccountUID':'s-1',"
                + "'nodeName':'n','nodeUID':'n-1','maxExpirationSeconds':7200},'status':{}}");
        ObjectNode spec = (ObjectNode) object.path("spec");
        spec.put(field, Base64.getEncoder().encodeToString(key));
        if (proof.length > 0) {
            spec.put("proofOfPossession", Base64.getEncoder().encodeToString(proof));
        }
        return object;
    }

    private static Context context(String subresource, String... permissions) {
        return Fixture.context(KIND, "v1beta1", subresource, Fixture.ALICE, Set.of(permissions));
    }

    private List<String> faults(ObjectNode object) {
        return strategy.validate(object, context("")).stream()
                .map(FieldError::toString)
                .toList();
    }

    private static byte[] stub(SigningKey key) {
        return CertificateRequest.sign(DistinguishedName.ofCommonName("x"), List.of(), key, PROVIDER)
                .der();
    }

    @Test
    void takesAStubRequestAndJudgesItsKeyAndSignature() {
        assertThat(faults(request("stubPKCS10Request", stub(Fixture.KEY), new byte[0])))
                .isEmpty();
        SigningKey small = PROVIDER.generate(KeyAlgorithm.RSA_2048);
        assertThat(faults(request("stubPKCS10Request", stub(small), new byte[0])))
                .containsExactly("spec.stubPKCS10Request: Invalid value: \"2048-bit modulus\": RSA keys must have"
                        + " modulus size 3072 or 4096");
        byte[] spoiled = stub(Fixture.KEY);
        spoiled[spoiled.length - 1] ^= 1;
        assertThat(faults(request("stubPKCS10Request", spoiled, new byte[0])))
                .containsExactly("spec.stubPKCS10Request: Invalid value: invalid signature");
    }

    @Test
    void takesAKeyWithItsProofAndNotAnothersProof() {
        byte[] spki = Fixture.KEY.publicKey().getEncoded();
        byte[] proof = Fixture.KEY.sign(PROVIDER, "SHA256withECDSA", UID.getBytes(StandardCharsets.US_ASCII));
        assertThat(faults(request("pkixPublicKey", spki, proof))).isEmpty();
        byte[] foreign = Fixture.KEY.sign(PROVIDER, "SHA256withECDSA", new byte[] {1});
        assertThat(faults(request("pkixPublicKey", spki, foreign)))
                .containsExactly(
                        "spec.proofOfPossession: Invalid value: could not verify proof-of-possession signature");
        assertThat(faults(request("pkixPublicKey", spki, new byte[0])))
                .singleElement()
                .asString()
                .contains("exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 32, 350})
    void readsThePssSaltWhateverItsLength(int salt) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        KeyPair pair = generator.generateKeyPair();
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
        signature.initSign(pair.getPrivate());
        signature.update(UID.getBytes(StandardCharsets.US_ASCII));
        byte[] proof = signature.sign();
        assertThat(faults(request("pkixPublicKey", pair.getPublic().getEncoded(), proof)))
                .isEmpty();
        proof[proof.length - 1] ^= 1;
        assertThat(faults(request("pkixPublicKey", pair.getPublic().getEncoded(), proof)))
                .hasSize(1);
    }

    private ObjectNode issued(Duration life, Duration refresh) {
        ObjectNode object = request("stubPKCS10Request", stub(Fixture.KEY), new byte[0]);
        CertificateAuthority authority = Fixture.authority();
        Certificate leaf = authority.issue(authority.prepare(
                CertificateProfile.server(life),
                new IssuanceRequest(
                        DistinguishedName.ofCommonName("p"),
                        List.of(new SubjectAltName.Dns("p.example.com")),
                        Fixture.KEY.publicKey()),
                NOW));
        ObjectNode status = (ObjectNode) object.path("status");
        status.put("certificateChain", leaf.pem().encode());
        status.put("notBefore", leaf.validity().notBefore().toString());
        status.put("notAfter", leaf.validity().notAfter().toString());
        status.put(
                "beginRefreshAt",
                leaf.validity()
                        .notBefore()
                        .plus(refresh)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        status.withArray("conditions")
                .add(tree("{'type':'Issued','status':'True','reason':'Ok','message':'','lastTransitionTime':'" + NOW
                        + "'}"));
        return object;
    }

    private List<String> update(ObjectNode updated, String... permissions) {
        ObjectNode old = updated.deepCopy();
        old.putObject("status");
        Context context = context("status", permissions);
        strategy.prepareForUpdate(updated, old, context);
        return strategy.validateUpdate(updated, old, context).stream()
                .map(FieldError::toString)
                .toList();
    }

    @Test
    void aSignerWithThePermissionIssues() {
        Duration life = Duration.ofMinutes(110);
        assertThat(update(issued(life, Duration.ofHours(1)), "sign example.com/s"))
                .isEmpty();
        assertThat(update(issued(life, Duration.ofHours(1))))
                .containsExactly("spec.signerName: Forbidden: User \"alice\" is not permitted to \"sign\" for signer"
                        + " \"example.com/s\"");
    }

    @Test
    void aLifetimeBeyondWhatWasAskedForIsRefused() {
        assertThat(update(issued(Duration.ofHours(3), Duration.ofHours(1)), "sign example.com/*"))
                .singleElement()
                .asString()
                .contains("must be <= spec.maxExpirationSeconds (7200)");
    }

    @Test
    void aRefreshTooEarlyIsRefused() {
        assertThat(update(issued(Duration.ofMinutes(110), Duration.ofMinutes(9)), "sign example.com/*"))
                .singleElement()
                .asString()
                .contains("must be at least 10 minutes after status.notBefore");
    }

    @Test
    void anEndIsTheEnd() {
        ObjectNode old = issued(Duration.ofMinutes(110), Duration.ofHours(1));
        ObjectNode updated = old.deepCopy();
        ((ObjectNode) updated.path("status")).put("certificateChain", "");
        Context context = context("status", "sign example.com/s");
        strategy.prepareForUpdate(updated, old, context);
        assertThat(strategy.validateUpdate(updated, old, context))
                .singleElement()
                .asString()
                .endsWith("immutable after PodCertificateRequest is issued, denied, or failed");
    }
}
