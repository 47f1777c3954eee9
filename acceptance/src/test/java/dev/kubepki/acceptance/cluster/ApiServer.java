package dev.kubepki.acceptance.cluster;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/// As much of an API server as authentication needs: it demands a client certificate under the cluster's CA, and says
/// whose it is. Its TLS is the JDK's, and its key store OpenSSL's.
final class ApiServer implements AutoCloseable {
    private static final char[] PASSWORD = "password".toCharArray();

    private final HttpsServer server;

    private ApiServer(HttpsServer server) {
        this.server = server;
    }

    static ApiServer start(ClusterSet set, int port) throws Exception {
        SSLContext context = context(set);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/whoami", exchange -> {
            byte[] answer = (subject((HttpsExchange) exchange) + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return new ApiServer(server);
    }

    /// The parts of the name in the order of the alphabet, as that of the certificate tells nothing.
    private static String subject(HttpsExchange exchange) throws SSLPeerUnverifiedException {
        String name = exchange.getSSLSession().getPeerPrincipal().getName();
        try {
            return new LdapName(name)
                    .getRdns().stream().map(Rdn::toString).sorted().collect(Collectors.joining(","));
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a name that was just printed", e);
        }
    }

    private static SSLContext context(ClusterSet set) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(keyStore(set), PASSWORD);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", certificate(set.file("pki/ca.crt")));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore keyStore(ClusterSet set) throws Exception {
        Path file = set.dir().resolveSibling("apiserver.p12");
        ClusterSet.Pair pair = set.pair("pki/apiserver.crt");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "pkcs12",
                        "-export",
                        "-in",
                        pair.certificate().toString(),
                        "-inkey",
                        pair.key().toString(),
                        "-passout",
                        "pass:" + String.valueOf(PASSWORD),
                        "-out",
                        file.toString())
                .inheritIO()
                .start();
        if (openssl.waitFor() != 0) {
            throw new AssertionError("openssl pkcs12 failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
    }
}
