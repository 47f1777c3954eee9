package dev.kubepki.pki.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpensslTextTest {
    private static final String CONFIG = """
            oid_section = oids
            [oids]
            kubernetesUid = 1.3.6.1.4.1.57683.2
            [req]
            distinguished_name = name
            attributes = extra
            prompt = no
            string_mask = utf8only
            [name]
            C = DE
            0.O = system:masters
            1.O = a\\, b+c \\"q\\" \\\\ x; <y>
            +OU = multi
            emailAddress = a@b.c
            serialNumber = 42
            CN = \\ ünï \\#
            kubernetesUid = user-1
            DC = example
            [extra]
            challengePassword = secret-word
            unstructuredName = some thing
            [asked]
            subjectAltName = DNS:kubernetes,IP:10.96.0.1
            basicConstraints = CA:FALSE
            keyUsage = critical,digitalSignature
            [dir]
            C = DE
            O = Example+x
            CN = a/b
            [all]
            basicConstraints = critical,CA:TRUE,pathlen:2
            keyUsage = critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyAgreement,\
            keyCertSign,cRLSign,encipherOnly,decipherOnly
            extendedKeyUsage = serverAuth,clientAuth,codeSigning,emailProtection,timeStamping,OCSPSigning,\
            anyExtendedKeyUsage,1.2.3.4,ipsecEndSystem,msSmartcardLogin
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid:always,issuer:always
            subjectAltName = DNS:a.b,DNS:*.x,IP:1.2.3.4,IP:::1,IP:fd00:1:2::ab,URI:spiffe://x/y,email:a@b.c,\
            RID:1.2.3.4,otherName:1.2.3.4;UTF8:hello,otherName:1.2.3.5;INTEGER:1,dirName:dir,RID:2.5.4.3
            issuerAltName = DNS:issuer.example
            nsCertType = server,client,email,objsign,sslCA
            nsComment = made by hand
            crlDistributionPoints = URI:http://x/y.crl,URI:http://x/z.crl,point
            authorityInfoAccess = OCSP;URI:http://o/,caIssuers;URI:http://c/x.crt
            certificatePolicies = 1.2.3.4,2.5.29.32.0,@policy
            nameConstraints = critical,permitted;DNS:.svc,permitted;IP:10.0.0.0/255.0.0.0,excluded;email:x.y,\
            excluded;dirName:dir,permitted;IP:fd00::/ffff::
            tlsfeature = status_request,17,9
            policyConstraints = requireExplicitPolicy:3,inhibitPolicyMapping:0
            inhibitAnyPolicy = 2
            1.2.3.4.5 = DER:0c:05:68:65:6c:6c:6f:00:ff
            [point]
            CRLissuer = dirName:dir
            [policy]
            policyIdentifier = 1.3.5.8
            CPS.1 = http://cps/
            userNotice.1 = @notice
            [notice]
            explicitText = Explicit text
            organization = Org
            noticeNumbers = 1,2
            [ca]
            default_ca = list
            [list]
            database = index.txt
            crlnumber = crlnumber
            default_md = sha256
            default_crl_days = 30
            [listExtensions]
            authorityKeyIdentifier = keyid:always
            """;

    private final CryptoProvider provider = CryptoProvider.jdk();

    @TempDir
    Path folder;

    private Openssl openssl = new Openssl(Path.of("."));

    @BeforeEach
    void writeConfig() throws IOException {
        openssl = new Openssl(folder);
        openssl.write("c.cnf", CONFIG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa:1024",
                "rsa:2048",
                "rsa:3072",
                "ec:P-256",
                "ec:P-384",
                "ec:P-521",
                "ec:P-224",
                "ec:secp256k1",
                "ed25519",
                "ed448"
            })
    void printsEveryExtensionOfOpensslsOwnCertificates(String key) throws Exception {
        generate(key);
        openssl.run("req -x509 -new -key k.pem -config c.cnf -extensions all -utf8 -days 10000 -out c.pem".split(" "));
        compareCertificate("c.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "127",
                "-5",
                "-1234567890123",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615",
                "-18446744073709551617",
                "0x00ff00000000000000000000000000000000000001"
            })
    void printsSerialNumbersOfEverySize(String serial) throws Exception {
        generate("ec:P-256");
        openssl.run("req", "-x509", "-new", "-key", "k.pem", "-subj", "/CN=x", "-set_serial", serial, "-out", "c.pem");
        compareCertificate("c.pem");
    }

    @Test
    void printsVersionOneCertificates() throws Exception {
        generate("rsa:2048");
        openssl.run("req -new -key k.pem -subj /CN=kube-ca -out r.pem".split(" "));
        openssl.run("x509 -req -in r.pem -signkey k.pem -days 1 -out c.pem".split(" "));
        compareCertificate("c.pem");
    }

    @Test
    void printsRequestsWithAndWithoutAttributes() throws Exception {
        generate("ec:P-256");
        openssl.run("req -new -key k.pem -config c.cnf -utf8 -reqexts asked -out full.pem".split(" "));
        openssl.run("req -new -key k.pem -config c.cnf -utf8 -out attributes.pem".split(" "));
        openssl.run("req -new -key k.pem -subj /CN=myuser -out bare.pem".split(" "));
        openssl.run("req -new -key k.pem -subj /CN=u -addext subjectAltName=DNS:a -out names.pem".split(" "));
        for (String file : List.of("full.pem", "attributes.pem", "bare.pem", "names.pem")) {
            CertificateRequest request =
                    CertificateRequest.readAll(openssl.read(file)).getFirst();
            assertThat(OpensslText.of(request)).isEqualTo(openssl.run("req", "-in", file, "-noout", "-text"));
        }
    }

    @Test
    void printsRevocationLists() throws Exception {
        generate("ec:P-256");
        openssl.run("req -x509 -new -key k.pem -config c.cnf -extensions all -utf8 -out c.pem".split(" "));
        openssl.write("crlnumber", "0100000000000000000000000000000001\n");
        openssl.write("index.txt", """
                R\t280101000000Z\t260101000000Z,keyCompromise\t01\tunknown\t/CN=a
                R\t280101000000Z\t260102000000Z,superseded\tABCDEF0123456789ABCDEF\tunknown\t/CN=b
                R\t280101000000Z\t260103000000Z\tFF\tunknown\t/CN=c
                R\t280101000000Z\t260104000000Z,keyTime,20260101000000Z\t05\tunknown\t/CN=d
                """);
        String list = "ca -config c.cnf -gencrl -keyfile k.pem -cert c.pem -crlexts listExtensions -out ";
        openssl.run((list + "full.pem").split(" "));
        openssl.write("index.txt", "");
        openssl.run((list + "empty.pem").split(" "));
        for (String file : List.of("full.pem", "empty.pem")) {
            RevocationList read = RevocationList.readAll(openssl.read(file)).getFirst();
            assertThat(OpensslText.of(read)).isEqualTo(openssl.run("crl", "-in", file, "-noout", "-text"));
        }
    }

    @Test
    void readsWhatARevocationListSays() throws Exception {
        generate("ec:P-256");
        openssl.run("req -x509 -new -key k.pem -subj /CN=kubernetes -out c.pem".split(" "));
        openssl.write("crlnumber", "0A\n");
        openssl.write("index.txt", "R\t280101000000Z\t260101000000Z,keyCompromise\tFF01\tunknown\t/CN=a\n");
        openssl.run("ca -config c.cnf -gencrl -keyfile k.pem -cert c.pem -out l.pem".split(" "));
        RevocationList list = RevocationList.readAll(openssl.read("l.pem")).getFirst();
        Certificate ca = Certificate.readAll(openssl.read("c.pem")).getFirst();
        assertThat(list.issuer()).isEqualTo(ca.subject());
        assertThat(list.number()).contains(BigInteger.TEN);
        assertThat(list.nextUpdate()).contains(list.thisUpdate().plusSeconds(30 * 86400));
        assertThat(list.isSignedBy(ca.publicKey(), provider)).isTrue();
        RevokedCertificate entry = list.entries().getFirst();
        assertThat(entry.serial()).isEqualTo(0xff01);
        assertThat(entry.revokedAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(entry.reason()).contains("keyCompromise");
        generate("ec:P-256");
        SigningKey other = provider.generate(KeyAlgorithm.ECDSA_P256);
        assertThat(list.isSignedBy(other.publicKey(), provider)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void printsOwnCertificatesOfRandomContent(KeyAlgorithm algorithm) throws Exception {
        long seed = 20_260_301L + algorithm.bits();
        Random random = new Random(seed);
        SigningKey key = provider.generate(algorithm);
        for (int i = 0; i < 12; i++) {
            Certificate certificate = draft(random, key).sign(key, provider);
            Files.write(folder.resolve("c.pem"), certificate.pem().encoded());
            assertThat(OpensslText.of(certificate))
                    .as("seed %d, certificate %d", seed, i)
                    .isEqualTo(openssl.run("x509", "-in", "c.pem", "-noout", "-text"));
        }
    }

    @Test
    void sendsNoControlCharacterToTheTerminal() {
        SigningKey key = provider.generate(KeyAlgorithm.ECDSA_P256);
        String attack = "a\u001b]0;owned\u0007\u009b31m\u0000\nIssuer: CN = root";
        byte[] names = Asn1.der(new GeneralNames(new GeneralName(6, new DERIA5String(attack))));
        List<Extension> extensions = List.of(
                new Extension(Extension.SUBJECT_ALT_NAME, false, names),
                new Extension("1.2.3.4", false, attack.getBytes(StandardCharsets.UTF_8)));
        Certificate certificate = new CertificateDraft(
                        DistinguishedName.of(attack, List.of(attack)),
                        DistinguishedName.ofCommonName(attack),
                        BigInteger.ONE,
                        new Validity(Instant.EPOCH, Instant.EPOCH),
                        key.publicKey().getEncoded(),
                        extensions)
                .sign(key, provider);
        String text = OpensslText.of(certificate);
        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
        assertThat(text.lines().filter(line -> line.strip().startsWith("Issuer:")))
                .hasSize(1);
        assertThat(text).contains("URI:a\\1B]0;owned\\07");
    }

    private static CertificateDraft draft(Random random, SigningKey key) {
        Instant from = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
        List<Extension> extensions = new ArrayList<>();
        Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        for (KeyUsage usage : KeyUsage.values()) {
            if (usage == KeyUsage.DIGITAL_SIGNATURE || random.nextBoolean()) {
                usages.add(usage);
            }
        }
        extensions.add(CertificateExtensions.keyUsage(usages));
        if (random.nextBoolean()) {
            extensions.add(CertificateExtensions.extendedKeyUsages(
                    List.of(ExtendedKeyUsage.SERVER_AUTH, ExtendedKeyUsage.CLIENT_AUTH)));
        }
        extensions.add(CertificateExtensions.basicConstraints(
                random.nextBoolean() ? BasicConstraints.AUTHORITY : BasicConstraints.END_ENTITY));
        String id = CertificateExtensions.keyIdentifier(key.publicKey().getEncoded());
        extensions.add(CertificateExtensions.subjectKeyIdentifier(id));
        extensions.add(CertificateExtensions.authorityKeyIdentifier(id));
        if (random.nextBoolean()) {
            extensions.add(CertificateExtensions.subjectAltNames(
                    List.of(
                            SubjectAltName.of("kubernetes.default.svc"),
                            SubjectAltName.of("10.96.0." + random.nextInt(256)),
                            SubjectAltName.of("fd00:" + Integer.toHexString(random.nextInt(65536)) + "::1")),
                    random.nextBoolean()));
        }
        return new CertificateDraft(
                DistinguishedName.of(name(random), List.of(name(random), name(random))),
                DistinguishedName.ofCommonName(name(random)),
                new BigInteger(1 + random.nextInt(128), random).add(BigInteger.ONE),
                new Validity(from, from.plusSeconds(random.nextLong(1_000_000_000L))),
                key.publicKey().getEncoded(),
                extensions);
    }

    private static String name(Random random) {
        String alphabet = "abcdefghijklmnopqrstuvwxyz:@-. ,+\"\\<>;=#/'äß€\u4e2d\u0001";
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private void generate(String key) throws Exception {
        String[] parts = key.split(":", -1);
        List<String> command = new ArrayList<>(List.of("genpkey", "-out", "k.pem", "-algorithm", parts[0]));
        if (parts[0].equals("rsa")) {
            command.addAll(List.of("-pkeyopt", "rsa_keygen_bits:" + parts[1]));
        } else if (parts[0].equals("ec")) {
            command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:" + parts[1]));
        }
        openssl.run(command.toArray(String[]::new));
    }

    private void compareCertificate(String file) throws Exception {
        Certificate certificate = Certificate.readAll(openssl.read(file)).getFirst();
        assertThat(OpensslText.of(certificate)).isEqualTo(openssl.run("x509", "-in", file, "-noout", "-text"));
    }
}
