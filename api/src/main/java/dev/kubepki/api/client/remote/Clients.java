package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The HTTP client of a cluster: made anew when the client certificate is another, as connections keep the old one.
///
/// HTTP/1.1: a connection for each request under way and each watch, so that none waits for another and a connection
/// that is cut takes one with it.
final class Clients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Target target;
    private final Clock clock;
    private final URI base;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<Credential.ClientPem> shown = Optional.empty();
    private @Nullable HttpClient client;

    Clients(Target target, Clock clock) {
        this.target = target;
        this.clock = clock;
        this.base = base(target);
    }

    /// The address that is called. A server with another name than its host is called by its IP address: the JDK would
    /// ask it for the certificate of its host.
    private static URI base(Target target) {
        URI server = target.server();
        if (target.tls().serverName().isEmpty() || target.proxy().isPresent()) {
            return server;
        }
        try {
            String address = InetAddress.getByName(server.getHost()).getHostAddress();
            String host = address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address;
            String port = server.getPort() < 0 ? "" : ":" + server.getPort();
            return URI.create(server.getScheme() + "://" + host + port + server.getRawPath());
        } catch (UnknownHostException e) {
            return server;
        }
    }

    URI base() {
        return base;
    }

    synchronized HttpClient of(Credential credential) {
        HttpClient known = client;
        if (known == null || !credential.certificate().equals(shown)) {
            known = make(credential);
            client = known;
            shown = credential.certificate();
        }
        return known;
    }

    private HttpClient make(Credential credential) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads);
        target.proxy().ifPresent(proxy -> builder.proxy(selector(proxy)));
        if (target.server().getScheme().equals("https")) {
            builder.sslContext(context(credential)).sslParameters(parameters());
        }
        return builder.build();
    }

    private static ProxySelector selector(URI proxy) {
        if (!proxy.getScheme().startsWith("http")) {
            throw new ClusterUnreachable("the proxy " + proxy.getHost() + " speaks " + proxy.getScheme()
                    + "; only HTTP proxies are supported");
        }
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return ProxySelector.of(new InetSocketAddress(proxy.getHost(), port));
    }

    private SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        if (!target.tls().serverName().isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(target.tls().serverName())));
        }
        return parameters;
    }

    private SSLContext context(Credential credential) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(credential), trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ClusterUnreachable("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(Credential credential) throws GeneralSecurityException, IOException {
        if (credential.certificate().isEmpty()) {
            return null;
        }
        Credential.ClientPem pem = credential.certificate().get();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try {
            store.setKeyEntry(
                    "client",
                    KeyPem.readPrivateKey(bytes(pem.key().text())).jcaKey(),
                    new char[0],
                    Certificate.readAll(bytes(pem.chain())).stream()
                            .map(Certificate::jca)
                            .toArray(java.security.cert.Certificate[]::new));
        } catch (KeyFailure | X509Failure e) {
            throw new ClusterUnreachable("the client certificate or its key: " + e.getMessage(), e);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /// Without a CA, the JDK's own list judges.
    private TrustManager @Nullable [] trust() {
        Target.Tls tls = target.tls();
        if (tls.insecure()) {
            return new TrustManager[] {ServerTrust.blind(clock)};
        }
        if (tls.authority().isEmpty()) {
            return null;
        }
        String name = tls.serverName().isEmpty() ? target.server().getHost() : tls.serverName();
        byte[] pem = tls.authority().get().read(new DurableFiles(FileOperations.disk()));
        try {
            String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
            return new TrustManager[] {ServerTrust.of(Certificate.readAll(pem), plain, clock)};
        } catch (KeyFailure | X509Failure e) {
            throw new ClusterUnreachable("the kubeconfig's certificate-authority: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Ends what is under way.
    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
        threads.shutdownNow();
    }
}
