package dev.kubepki.server.http;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A listener on a free port of this host, and clients for it.
final class Listening implements AutoCloseable {
    static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Duration LIFE = Duration.ofDays(1);

    final HttpListener listener;
    private final List<HttpClient> clients = new ArrayList<>();

    Listening(Limits limits, BiConsumer<ApiRequest, ReplySink> pipeline) throws IOException {
        listener = new HttpListener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                identity(authority("ca"), "localhost"),
                limits,
                Duration.ofMillis(500),
                pipeline);
        listener.start();
    }

    static CertificateAuthority authority(String name) {
        return CertificateAuthority.root(
                CertificateProfile.authority(new BasicConstraints(true, OptionalInt.empty()), LIFE),
                DistinguishedName.ofCommonName(name),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                Instant.now(),
                PROVIDER,
                new Random(1));
    }

    static ListenerIdentity identity(CertificateAuthority authority, String host) {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        X509Certificate certificate =
                issue(authority, CertificateProfile.server(LIFE), host, List.of(SubjectAltName.of(host)), key);
        return new ListenerIdentity(
                List.of(certificate),
                key.jcaKey(),
                List.of(authority.certificate().jca()));
    }

    private static X509Certificate issue(
            CertificateAuthority authority,
            CertificateProfile profile,
            String name,
            List<SubjectAltName> names,
            SigningKey key) {
        return authority
                .issue(authority.prepare(
                        profile,
                        new IssuanceRequest(DistinguishedName.ofCommonName(name), names, key.publicKey()),
                        Instant.now()))
                .jca();
    }

    /// Trusts everybody and shows nothing.
    static SSLContext stranger() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
        return context;
    }

    /// Trusts everybody and shows a certificate of that CA.
    static SSLContext client(CertificateAuthority authority, String name) throws Exception {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        X509Certificate certificate = issue(authority, CertificateProfile.client(LIFE), name, List.of(), key);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager keys = new Stubborn(certificate, key.jcaKey());
        context.init(new KeyManager[] {keys}, new TrustManager[] {new Everybody()}, new SecureRandom());
        return context;
    }

    /// A client that lets go of everything when the listener is closed: of its own it would wait for its watches.
    HttpClient client(HttpClient.Version version, SSLContext context) {
        HttpClient client =
                HttpClient.newBuilder().version(version).sslContext(context).build();
        clients.add(client);
        return client;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /// A connection on which bytes can be written as one likes.
    SSLSocket socket() throws Exception {
        SSLSocket socket = (SSLSocket)
                stranger().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Override
    public void close() {
        clients.forEach(HttpClient::shutdownNow);
        listener.close();
    }

    /// Shows its certificate whomever the server asks for.
    private static final class Stubborn extends X509ExtendedKeyManager {
        private final X509Certificate certificate;
        private final PrivateKey key;

        Stubborn(X509Certificate certificate, PrivateKey key) {
            this.certificate = certificate;
            this.key = key;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
            return "client";
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            return "client";
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {"client"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }

    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
