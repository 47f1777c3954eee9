package dev.kubepki.acceptance.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A program that speaks JSON to the server, as the set's administrator.
final class Caller implements AutoCloseable {
    private static final char[] PASSWORD = "x".toCharArray();
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final String origin;

    private Caller(HttpClient http, String origin) {
        this.http = http;
        this.origin = origin;
    }

    static Caller admin(Server server, Path folder, HttpClient.Version version)
            throws IOException, InterruptedException, GeneralSecurityException {
        Client.of("1.35", folder, server.kubeconfig()).done("""
                [ -e admin.p12 ] && exit 0
                part() { sed -n "s/.*$1: //p" %s | base64 -d; }
                part client-certificate-data >admin.pem && part client-key-data >>admin.pem
                openssl pkcs12 -export -in admin.pem -out admin.p12 -passout pass:x
                """.formatted(server.kubeconfig()));
        SSLContext context = context(server, keys(folder.resolve("admin.p12")));
        HttpClient http = HttpClient.newBuilder()
                .version(version)
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new Caller(http, "https://127.0.0.1:" + server.port());
    }

    /// What a client presents: a key and its chain, as PKCS #12 with the password `x`.
    static KeyManager[] keys(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        String alias = store.aliases().nextElement();
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, PASSWORD);
        return new KeyManager[] {new Insisting((X509KeyManager) factory.getKeyManagers()[0], alias)};
    }

    /// Presents its certificate also to a server that names only authorities by which it was not signed.
    private static final class Insisting extends X509ExtendedKeyManager {
        private final X509KeyManager keys;
        private final String alias;

        Insisting(X509KeyManager keys, String alias) {
            this.keys = keys;
            this.alias = alias;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return alias;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new IllegalStateException("this is a client");
        }
    }

    /// Trusts the server's authority.
    static SSLContext context(Server server, KeyManager[] keys) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(server.dir().resolve("pki/ca.crt"))) {
            X509Certificate authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry("ca", authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    /// What was answered.
    record Answer(int status, JsonNode body) {
        /// The body when it is an object, as it should be.
        ObjectNode object() {
            return (ObjectNode) body;
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer put(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    /// The lines of a watch, as they come. Breaks off with an `UncheckedIOException`.
    Stream<ObjectNode> watch(String path) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = http.send(
                // The time is that of the headers; what comes then may take as long as it likes.
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            List<String> lines = response.body().toList();
            throw new AssertionError("a watch is refused: " + response.statusCode() + " " + lines);
        }
        return response.body().map(line -> (ObjectNode) JSON.readTree(line));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
