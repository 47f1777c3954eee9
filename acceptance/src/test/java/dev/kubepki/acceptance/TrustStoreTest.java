package dev.kubepki.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.files.KeyStores;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real update-ca-certificates and the real curl. Each test runs in mounts of its own, in which the folders that
/// the
/// updater changes are private copies: this machine's store stays as it is.
class TrustStoreTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.fastest();

    /// `$1` the work folder, `$2` the server's port; `kubepki` and `reach` are functions for what follows.
    private static final String PRIVATE_STORE = """
            set -eu
            mount --make-rprivate /
            mkdir "$1/copy"
            mount -t tmpfs copies "$1/copy"
            for folder in /etc/ssl /usr/local/share/ca-certificates; do
                mkdir -p "$1/copy$folder"
                cp -a "$folder/." "$1/copy$folder"
                mount --bind "$1/copy$folder" "$folder"
            done
            kubepki() { "$JAVA" --enable-native-access=ALL-UNNAMED -cp "$CLASSES" dev.kubepki.cli.Main "$@"; }
            reach() { env -i PATH="$PATH" curl -sS --max-time 20 --noproxy '*' "https://localhost:$2/" 2>&1 || echo "curl exit $?"; }
            """;

    @TempDir
    Path dir;

    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        CertificateAuthority ca = CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, Duration.ofDays(30)),
                DistinguishedName.ofCommonName("kubernetes-ca"),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                Instant.now(),
                PROVIDER,
                new SecureRandom());
        Files.write(dir.resolve("ca.crt"), ca.certificate().pem().encoded());
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        IssuanceRequest request = new IssuanceRequest(
                DistinguishedName.ofCommonName("kube-apiserver"),
                List.of(SubjectAltName.of("localhost")),
                key.publicKey());
        KeyStorePassword password = KeyStorePassword.commonForTrust();
        byte[] store = KeyStores.pkcs12(
                "server",
                key,
                List.of(ca.issue(ca.prepare(CertificateProfile.server(Duration.ofDays(9)), request, Instant.now()))),
                password);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store, password.reveal())));
        server.createContext("/", exchange -> {
            byte[] answer = "hello from the cluster\n".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void curlReachesAServerOfTheClusterOnlyWhileItsCaIsInstalled() throws Exception {
        String output = inPrivateStore("""
                reach "$@"
                kubepki trust install "$1/ca.crt"
                reach "$@"
                kubepki trust install "$1/ca.crt"
                kubepki trust remove "$1/ca.crt"
                reach "$@"
                ls /usr/local/share/ca-certificates /etc/ssl/certs | grep kubepki || echo no trace
                """);
        assertThat(output.lines().filter(line -> !line.startsWith("More details") && !line.isBlank()))
                .as(output)
                .containsSubsequence(
                        "curl exit 60",
                        "Updating certificates in /etc/ssl/certs...",
                        "1 added, 0 removed; done.",
                        "hello from the cluster",
                        "nothing to do",
                        "Clearing symlinks in /etc/ssl/certs...",
                        "curl exit 60",
                        "no trace");
    }

    @Test
    void changesAnotherRootThroughItsOwnUpdater() throws Exception {
        String output = inPrivateStore("""
                mkdir "$1/image"
                mount --rbind / "$1/image"
                kubepki trust install "$1/ca.crt" --root "$1/image" --name test
                env -i PATH="$PATH" chroot "$1/image" curl -sS --noproxy '*' "https://localhost:$2/"
                kubepki trust remove --all --root "$1/image"
                reach "$@"
                """);
        assertThat(output.lines().filter(line -> !line.isBlank()))
                .as(output)
                .containsSubsequence("1 added, 0 removed; done.", "hello from the cluster", "curl exit 60");
    }

    @Test
    void opensslFindsTheCaThatWasAddedToAnImageByHand() throws Exception {
        String output = inPrivateStore("""
                image="$1/image"
                mkdir -p "$image/etc/ssl/certs" "$image/usr/local/share/ca-certificates"
                echo ID=debian > "$image/etc/os-release"
                cp /etc/ssl/certs/ca-certificates.crt "$image/etc/ssl/certs"
                cp "$image/etc/ssl/certs/ca-certificates.crt" "$1/before"
                kubepki trust install "$1/ca.crt" --root "$image"
                mount --bind "$image/usr/local/share/ca-certificates" /usr/local/share/ca-certificates
                openssl verify -no-CAfile -no-CAstore -CApath "$image/etc/ssl/certs" "$1/ca.crt"
                env -i PATH="$PATH" curl -sS --noproxy '*' --cacert "$image/etc/ssl/certs/ca-certificates.crt" \
                    --capath /nowhere "https://localhost:$2/"
                kubepki trust remove "$1/ca.crt" --root "$image"
                cmp "$image/etc/ssl/certs/ca-certificates.crt" "$1/before" && echo as before
                """);
        assertThat(output.lines())
                .as(output)
                .containsSubsequence(dir.resolve("ca.crt") + ": OK", "hello from the cluster", "as before");
    }

    private String inPrivateStore(String script) throws Exception {
        assertThat(System.getProperty("user.name"))
                .as("this test mounts folders of its own: run it as root, with unshare(1) and mount(8) allowed")
                .isEqualTo("root");
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "bash",
                        "-c",
                        PRIVATE_STORE + script,
                        "trust-test",
                        dir.toString(),
                        String.valueOf(server.getAddress().getPort()))
                .redirectErrorStream(true);
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin/java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static SSLContext context(byte[] store, char[] password) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(store), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
