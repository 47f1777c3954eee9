package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Client certificates that want to be somebody else. Each gets an answer, and none another's identity.
class StrangerTest {
    private static final String CSRS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String ADMIN = "/O=system:masters/CN=kubernetes-super-admin";
    private static final String CLIENT = "extendedKeyUsage=clientAuth";

    @TempDir
    private static Path folder;

    private static Server server;
    private static Client shell;

    @BeforeAll
    static void serves() throws Exception {
        server = Server.start(folder);
        shell = Client.of("1.35", folder, server.kubeconfig());
        shell.done("""
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout foreign.key -days 9 \\
                    -subj /CN=kubernetes -out foreign.crt 2>/dev/null
                """);
    }

    @AfterAll
    static void stops() throws Exception {
        server.close();
    }

    /// A key with a certificate for a subject, signed by the set's authority or by another of its name.
    private static SSLContext certified(String subject, String authority, String extensions, String options)
            throws Exception {
        shell.done("""
                openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout c.key -subj '%s' \\
                    -out c.csr 2>/dev/null
                openssl x509 -req -in c.csr -CA %2$s.crt -CAkey %2$s.key -set_serial 0x$(openssl rand -hex 8) %4$s \\
                    -extfile <(echo '%3$s') -out c.crt 2>/dev/null
                cat c.key c.crt | openssl pkcs12 -export -out c.p12 -passout pass:x
                """.formatted(subject, authority, extensions, options));
        return Caller.context(server, Caller.keys(folder.resolve("c.p12")));
    }

    private static Wire.Reply ask(SSLContext context, String line, String body) throws IOException {
        try (Wire wire = Wire.open(server, context)) {
            return wire.send(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .reply();
        }
    }

    private static int listing(SSLContext context) throws IOException {
        return ask(context, "GET " + CSRS, "").status();
    }

    @Test
    void theSetsOwnAreKnown() throws Exception {
        assertThat(listing(certified(ADMIN, "set/pki/ca", CLIENT, "-days 1"))).isEqualTo(200);
    }

    @Test
    void foreignOnesAreUnauthorizedWhateverTheirAuthorityIsCalled() throws Exception {
        assertThat(listing(certified(ADMIN, "foreign", CLIENT, "-days 1"))).isEqualTo(401);
    }

    @Test
    void expiredOnesAreUnauthorized() throws Exception {
        String past = "-not_before 20200101000000Z -not_after 20200102000000Z";
        Shell.Result takes = shell.type("openssl x509 -help 2>&1 | grep -q -- -not_before");
        assertThat(listing(certified(ADMIN, "set/pki/ca", CLIENT, takes.exit() == 0 ? past : "-days -1")))
                .isEqualTo(401);
    }

    @Test
    void onesForServersAreUnauthorized() throws Exception {
        assertThat(listing(certified(ADMIN, "set/pki/ca", "extendedKeyUsage=serverAuth", "-days 1")))
                .isEqualTo(401);
    }

    @Test
    void onesSignedByThemselvesAreUnauthorized() throws Exception {
        shell.done("""
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout self.key -days 9 \\
                    -subj %s -out self.crt 2>/dev/null
                cat self.key self.crt | openssl pkcs12 -export -out self.p12 -passout pass:x
                """.formatted(ADMIN));
        assertThat(listing(Caller.context(server, Caller.keys(folder.resolve("self.p12")))))
                .isEqualTo(401);
    }

    @Test
    void aClientsCertificateSignsNoOther() throws Exception {
        certified("/CN=jane", "set/pki/ca", CLIENT, "-days 1");
        shell.done("cp c.crt jane.crt && cp c.key jane.key");
        assertThat(listing(certified(ADMIN, "jane", CLIENT, "-days 1"))).isEqualTo(401);
    }

    @Test
    void nobodyGainsByTheNameOfAnonymous() throws Exception {
        SSLContext anonymous = certified("/CN=system:anonymous", "set/pki/ca", CLIENT, "-days 1");
        assertThat(listing(anonymous)).isIn(401, 403);
        assertThat(ask(anonymous, "POST " + WHOAMI, "{}").text()).doesNotContain("system:authenticated");
    }

    @Test
    void namesEndWhereTheyEndAndNotAtANul() throws Exception {
        for (String[] name : new String[][] {
            {"kubernetes-super-admin\0.example.com", "system:masters"},
            {"kubernetes-super-admin", "system:masters\0x"},
            {"kubernetes-super-admin\0", "devs"}
        }) {
            SSLContext context = withName(name[0], name[1]);
            Wire.Reply reply = ask(context, "POST " + WHOAMI, "{}");
            assertThat(reply.status()).as(reply.text()).isLessThan(500);
            if (!name[1].equals("system:masters")) {
                assertThat(listing(context)).isIn(401, 403);
            }
            if (name[0].contains("\0")) {
                assertThat(reply.text()).doesNotContain("\"kubernetes-super-admin\"");
            }
        }
    }

    /// openssl writes no NUL into a name.
    private static SSLContext withName(String name, String group)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyStore authority = KeyStore.getInstance("PKCS12");
        try {
            shell.done(
                    "cat set/pki/ca.key set/pki/ca.crt | openssl pkcs12 -export -out ca.p12 -passout pass:x -name ca");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        char[] password = "x".toCharArray();
        try (InputStream in = Files.newInputStream(folder.resolve("ca.p12"))) {
            authority.load(in, password);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        Instant now = Instant.now();
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                (X509Certificate) authority.getCertificate("ca"),
                                BigInteger.valueOf(now.toEpochMilli()),
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(3600)),
                                new X500NameBuilder()
                                        .addRDN(BCStyle.O, group)
                                        .addRDN(BCStyle.CN, name)
                                        .build(),
                                pair.getPublic())
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                        .build(new JcaContentSignerBuilder("SHA256withRSA")
                                .build((PrivateKey) authority.getKey("ca", password))));
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("c", pair.getPrivate(), password, new Certificate[] {certificate});
        Path file = folder.resolve("nul.p12");
        try (var out = Files.newOutputStream(file)) {
            own.store(out, password);
        }
        return Caller.context(server, Caller.keys(file));
    }
}
