package dev.kubepki.server.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// What a listener shows to its clients, and whose certificates it asks them for.
///
/// @param chain its certificate, and those above it
/// @param key the private key of the first
/// @param clientAuthorities whose names are advertised; nothing is judged by them
public record ListenerIdentity(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
    private static final String ALIAS = "listener";

    /// Copies the lists.
    public ListenerIdentity {
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a listener shows a certificate");
        }
    }

    /// When the certificate ends.
    public Instant end() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /// Says whose it is, and nothing of the key.
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().toString();
    }

    /// A context of its own for each identity: sessions of an older one can't be resumed under it, so that a client of
    /// a CA that is gone does not slip in by a cached ticket.
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new OneKey(chain.toArray(X509Certificate[]::new), key)},
                    new TrustManager[] {new AnyClient(clientAuthorities.toArray(X509Certificate[]::new))},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't do TLS", e);
        }
    }

    /// Lets every client chain through the handshake: a bad one is answered with 401, and not with a TLS alert that
    /// tells the client nothing. The authenticator judges the chain on each request.
    private static final class AnyClient extends X509ExtendedTrustManager {
        private final X509Certificate[] advertised;

        AnyClient(X509Certificate[] advertised) {
            this.advertised = advertised;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("this side is the server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return advertised.clone();
        }
    }

    /// One certificate for every client.
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final Set<String> RSA = Set.of("RSA", "RSASSA-PSS");

        private final X509Certificate[] chain;
        private final PrivateKey key;

        OneKey(X509Certificate[] chain, PrivateKey key) {
            this.chain = chain;
            this.key = key;
        }

        private boolean fits(String type) {
            String own = key.getAlgorithm();
            return type.equals(own) || (RSA.contains(type) && own.equals("RSA")) || type.startsWith(own + "_");
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
            return fits(type) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return fits(type) ? ALIAS : null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return fits(type) ? new String[] {ALIAS} : null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return alias.equals(ALIAS) ? chain.clone() : null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return alias.equals(ALIAS) ? key : null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }
}
