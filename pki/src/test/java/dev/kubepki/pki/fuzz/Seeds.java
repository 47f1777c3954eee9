package dev.kubepki.pki.fuzz;

import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.files.KeyStores;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateDraft;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.Validity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/// Sound inputs of each kind, from which mutation starts.
final class Seeds {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Validity VALIDITY =
            new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

    private final List<SigningKey> keys = List.of(
            PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
            PROVIDER.generate(KeyAlgorithm.RSA_2048),
            PROVIDER.generate(KeyAlgorithm.ED25519));
    private final SigningKey key = keys.getFirst();
    private final DistinguishedName caName = DistinguishedName.ofCommonName("kubernetes-ca");
    private final Certificate ca = draft(
            caName,
            CertificateExtensions.basicConstraints(new BasicConstraints(true, OptionalInt.of(1))),
            CertificateExtensions.keyUsage(EnumSet.of(KeyUsage.CERT_SIGN, KeyUsage.CRL_SIGN)),
            hex(
                    "2.5.29.30",
                    "3027a0173015820b6578616d706c652e636f6d820a0a0000000affffff0000a10c300a87080a000000ff000000"));
    private final Certificate leaf = draft(
            DistinguishedName.of("system:node:node", List.of("system:nodes")),
            CertificateExtensions.keyUsage(EnumSet.of(KeyUsage.DIGITAL_SIGNATURE)),
            CertificateExtensions.extendedKeyUsages(
                    List.of(ExtendedKeyUsage.SERVER_AUTH, ExtendedKeyUsage.CLIENT_AUTH)),
            CertificateExtensions.subjectAltNames(
                    List.of(SubjectAltName.of("node.example.com"), SubjectAltName.of("10.0.0.1")), false),
            CertificateExtensions.authorityKeyIdentifier("0102030405"),
            hex("2.5.29.32", "300630040602" + "2a03"),
            hex("2.5.29.31", "3016301" + "4a012a010860e687474703a2f2f782f792e63726c"),
            hex("1.3.6.1.5.5.7.1.1", "301a301806082b06010505073001860c687474703a2f2f782f79"));

    /// The inputs by the target that they are for.
    List<byte[]> of(FuzzTarget target) {
        return switch (target) {
            case PEM, CERTIFICATES ->
                List.of(certificatePems(), keyPems(), text("-----BEGIN X-----\nA: b\n\nAAAA\n-----END X-----\n"));
            case PRIVATE_KEY -> keyTexts();
            case PUBLIC_KEYS ->
                keys.stream()
                        .map(k -> KeyPem.encodePublic(k.publicKey()).encoded())
                        .toList();
            case KEY_DER -> keyDers();
            case CERTIFICATE -> List.of(ca.der(), leaf.der());
            case REQUEST -> List.of(request().der());
            case REVOCATION_LIST -> List.of(revocationList());
            case INSPECTION -> everything();
            case DOCUMENTS -> Texts.documents();
            case DESCRIPTION -> Texts.descriptions();
            case KUBECONFIG ->
                List.of(Texts.kubeconfig(ca.pem().encoded(), KeyPem.encode(key).encoded()));
            case PATH -> List.of(DerValues.concatenated(leaf.der(), ca.der()), ca.der());
            case SET -> List.of(leaf.der(), ca.der());
        };
    }

    private Certificate draft(DistinguishedName subject, Extension... extensions) {
        List<Extension> all = new ArrayList<>(List.of(extensions));
        all.add(CertificateExtensions.subjectKeyIdentifier(
                CertificateExtensions.keyIdentifier(key.publicKey().getEncoded())));
        return new CertificateDraft(
                        subject,
                        caName,
                        BigInteger.valueOf(0x123456789L),
                        VALIDITY,
                        key.publicKey().getEncoded(),
                        all)
                .sign(key, PROVIDER);
    }

    private static Extension hex(String oid, String value) {
        return new Extension(oid, false, HexFormat.of().parseHex(value));
    }

    private CertificateRequest request() {
        return CertificateRequest.sign(
                leaf.subject(),
                List.of(
                        CertificateExtensions.subjectAltNames(List.of(SubjectAltName.of("node")), false),
                        CertificateExtensions.keyUsage(EnumSet.of(KeyUsage.DIGITAL_SIGNATURE))),
                key,
                PROVIDER);
    }

    /// RFC 5280 §5.1, as the library doesn't write lists yet.
    private byte[] revocationList() {
        byte[] algorithm = DerValues.sequence(HexFormat.of().parseHex("06082a8648ce3d040302"));
        byte[] reason = HexFormat.of().parseHex("300c300a0603551d1504030a0101");
        byte[] revoked = DerValues.sequence(
                DerValues.sequence(HexFormat.of().parseHex("02021234"), DerValues.utcTime("260201000000Z"), reason));
        byte[] number = HexFormat.of().parseHex("300c300a0603551d140403020107");
        byte[] tbs = DerValues.sequence(
                HexFormat.of().parseHex("020101"),
                algorithm,
                caName.encoded(),
                DerValues.utcTime("260101000000Z"),
                DerValues.utcTime("260301000000Z"),
                revoked,
                DerValues.value(0xa0, number));
        byte[] signature = key.sign(PROVIDER, "SHA256withECDSA", tbs);
        return DerValues.sequence(tbs, algorithm, DerValues.value(0x03, new byte[1], signature));
    }

    private byte[] certificatePems() {
        return DerValues.concatenated(
                text("# a bundle\r\n"), leaf.pem().encoded(), ca.pem().encoded());
    }

    private byte[] keyPems() {
        return KeyPem.encode(key).encoded();
    }

    private List<byte[]> keyTexts() {
        List<byte[]> texts = new ArrayList<>();
        for (SigningKey each : keys) {
            texts.add(KeyPem.encode(each).encoded());
            texts.add(KeyPem.encodePkcs8(each).encoded());
        }
        texts.add(KeyPem.encrypt(key, "trustno1".toCharArray()).encoded());
        return texts;
    }

    private List<byte[]> keyDers() {
        List<byte[]> ders = new ArrayList<>();
        for (SigningKey each : keys) {
            ders.add(KeyPem.encode(each).der());
            ders.add(KeyPem.encodePkcs8(each).der());
            ders.add(each.publicKey().getEncoded());
        }
        ders.add(KeyPem.encrypt(key, "trustno1".toCharArray()).der());
        return ders;
    }

    private List<byte[]> everything() {
        List<byte[]> all =
                new ArrayList<>(List.of(certificatePems(), keyPems(), request().der(), revocationList()));
        all.addAll(Texts.objects(leaf.pem().encoded(), request().pem().encoded()));
        KeyStorePassword password = KeyStorePassword.of("trustno1");
        Certificate own = draft(leaf.subject());
        all.add(KeyStores.pkcs12("server", key, List.of(own), password));
        all.add(KeyStores.jks("server", key, List.of(own), password));
        return all;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Writes the seeds of each target to a folder of its name, for the fuzzer.
    public static void main(String[] folders) throws IOException {
        Seeds seeds = new Seeds();
        for (FuzzTarget target : FuzzTarget.values()) {
            Path folder = Files.createDirectories(Path.of(folders[0]).resolve(target.name()));
            int number = 0;
            for (byte[] seed : seeds.of(target)) {
                Files.write(folder.resolve("seed-" + number++), seed);
            }
        }
    }
}
