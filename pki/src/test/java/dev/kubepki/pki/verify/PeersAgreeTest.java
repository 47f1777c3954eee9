package dev.kubepki.pki.verify;

import static dev.kubepki.pki.verify.Chains.NOW;
import static dev.kubepki.pki.verify.Chains.YEAR;
import static dev.kubepki.pki.verify.Chains.ca;
import static dev.kubepki.pki.verify.Chains.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.verify.Chains.Signer;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where OpenSSL and the JDK are of one mind with us.
class PeersAgreeTest {
    @TempDir
    Path dir;

    private record Chain(Certificate anchor, Certificate leaf, List<Certificate> untrusted) {
        static Chain of(Signer anchor, Signer leaf, Signer... untrusted) {
            return new Chain(
                    anchor.certificate(),
                    leaf.certificate(),
                    Stream.of(untrusted).map(Signer::certificate).toList());
        }
    }

    static Stream<KeyAlgorithm> algorithms() {
        return Chains.algorithms().stream();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void acceptsWhatTheLibraryIssuesAsOpensslAndTheJdkDo(KeyAlgorithm algorithm) throws Exception {
        List<Certificate> issued = Chains.issued(algorithm);
        Chain chain = new Chain(issued.get(2), issued.get(0), List.of(issued.get(1)));
        assertThat(ours(chain, VerificationPolicy.KUBERNETES)).isTrue();
        assertThat(ours(chain, VerificationPolicy.RFC_5280)).isTrue();
        assertThat(openssl(chain)).isTrue();
        assertThat(JdkPkix.accepts(chain.anchor(), chain.leaf(), chain.untrusted(), NOW))
                .isTrue();
    }

    @TestFactory
    Stream<DynamicTest> judgesLikeOpensslStrict() {
        return chains().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    boolean good = !entry.getKey().startsWith("refused:");
                    assertThat(ours(entry.getValue(), VerificationPolicy.KUBERNETES))
                            .isEqualTo(good);
                    assertThat(openssl(entry.getValue())).as("openssl").isEqualTo(good);
                }));
    }

    private static Map<String, Chain> chains() {
        Signer root = ca("root").selfSigned();
        Signer middle = ca("middle").signedBy(root);
        Signer zero = ca("zero").with(Chains.pathLength(0)).signedBy(root);
        Signer belowZero = ca("below").signedBy(zero);
        Signer dead = ca("dead").validity(NOW.minus(YEAR), NOW.minusSeconds(1)).signedBy(root);
        Signer noCa = leaf().signedBy(root);
        Signer unable = ca("unable").with(Chains.usages(KeyUsage.CRL_SIGN)).signedBy(root);
        Signer clientCa = ca("clients")
                .with(Chains.purposes(ExtendedKeyUsage.CLIENT_AUTH))
                .signedBy(root);
        Extension strange = new Extension("1.3.6.1.4.1.55555.1", true, new byte[] {5, 0});
        Map<String, Chain> chains = new LinkedHashMap<>();
        chains.put("a leaf below the root", Chain.of(root, leaf().signedBy(root)));
        chains.put("a leaf below an intermediate", Chain.of(root, leaf().signedBy(middle), middle));
        chains.put("a leaf below a path length of zero", Chain.of(root, leaf().signedBy(zero), zero));
        chains.put("refused: no intermediate", Chain.of(root, leaf().signedBy(middle)));
        chains.put("refused: a CA too many", Chain.of(root, leaf().signedBy(belowZero), zero, belowZero));
        chains.put("refused: an expired intermediate", Chain.of(root, leaf().signedBy(dead), dead));
        chains.put(
                "refused: an expired leaf",
                Chain.of(
                        root,
                        leaf().validity(NOW.minus(YEAR), NOW.minusSeconds(1)).signedBy(root)));
        chains.put(
                "refused: a leaf of tomorrow",
                Chain.of(
                        root,
                        leaf().validity(NOW.plusSeconds(1), NOW.plus(YEAR)).signedBy(root)));
        chains.put("refused: an issuer that is no CA", Chain.of(root, leaf().signedBy(noCa), noCa));
        chains.put("refused: an issuer that may not sign", Chain.of(root, leaf().signedBy(unable), unable));
        chains.put("refused: a CA for clients only", Chain.of(root, leaf().signedBy(clientCa), clientCa));
        chains.put(
                "refused: a strange critical extension",
                Chain.of(root, leaf().with(strange).signedBy(root)));
        chains.put(
                "refused: a foreign key under the same name",
                Chain.of(root, leaf().signedBy(ca("root").selfSigned())));
        chains.put(
                "refused: a client's certificate",
                Chain.of(
                        root,
                        leaf().with(Chains.purposes(ExtendedKeyUsage.CLIENT_AUTH))
                                .signedBy(root)));
        return chains;
    }

    private static boolean ours(Chain chain, VerificationPolicy policy) {
        return new PathValidator(List.of(new TrustAnchor(chain.anchor())), policy, Chains.PROVIDER)
                        .verify(chain.leaf(), chain.untrusted(), Purpose.SERVER, NOW)
                instanceof VerifiedPath;
    }

    private boolean openssl(Chain chain) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "verify", "-x509_strict", "-purpose", "sslserver"));
        command.addAll(List.of("-attime", Long.toString(NOW.getEpochSecond())));
        command.addAll(List.of("-CAfile", write("anchor.crt", List.of(chain.anchor()))));
        if (!chain.untrusted().isEmpty()) {
            command.addAll(List.of("-untrusted", write("untrusted.crt", chain.untrusted())));
        }
        command.add(write("leaf.crt", List.of(chain.leaf())));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean good = process.waitFor() == 0;
        assertThat(output).as("openssl's own words").contains(good ? ": OK" : "verification failed");
        return good;
    }

    private String write(String name, List<Certificate> certificates) throws Exception {
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        certificates.forEach(c -> pem.writeBytes(c.pem().encoded()));
        return Files.write(dir.resolve(name), pem.toByteArray()).toString();
    }
}
