package dev.kubepki.cli;

import dev.kubepki.cli.frame.Surroundings;
import dev.kubepki.pki.cluster.FoundFile;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The part of the training run that serves: a server starts, answers each kind of request once, and ends.
final class TrainingServer {
    private static final String FOLDER = "served";
    private static final Pattern READY = Pattern.compile("at (https://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String JSON = "application/json";

    /// A request: method, path, type and text of its body.
    private record Step(String method, String path, String type, String body) {}

    private static final List<Step> STEPS = List.of(
            new Step("GET", "/readyz", "", ""),
            new Step("GET", "/apis", "", ""),
            new Step("GET", "/apis/certificates.k8s.io/v1/certificatesigningrequests?limit=500", "", ""),
            new Step("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"b\":\"c\"}}"),
            new Step("GET", MAPS + "/a", "", ""),
            new Step("PATCH", MAPS + "/a", "application/merge-patch+json", "{\"data\":{\"d\":\"e\"}}"),
            new Step("GET", MAPS + "?watch=true&timeoutSeconds=1", "", ""),
            new Step("DELETE", MAPS + "/a", "", ""));

    private TrainingServer() {}

    /// Whether it came up, answered, and ended well.
    static boolean run(Path folder, Surroundings world) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings heard = new Surroundings(
                world.in(), out, world.err(), world.environment(), folder, world.clock(), world.terminals());
        AtomicInteger code = new AtomicInteger(-1);
        String[] line = {"serve", "--dir", FOLDER, "--secure-port", "0", "--log-level", "error"};
        Thread server = Thread.ofPlatform().start(() -> code.set(Main.run(line, heard)));
        try {
            Optional<String> url = url(out, server);
            boolean answered = url.isPresent() && ask(url.get(), folder.resolve(FOLDER));
            server.interrupt();
            server.join(PATIENCE.toMillis());
            return answered && code.get() == 0;
        } catch (IOException | GeneralSecurityException e) {
            server.interrupt();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<String> url(ByteArrayOutputStream out, Thread server) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server.isAlive() && System.nanoTime() - deadline < 0) {
            Matcher ready = READY.matcher(out.toString(StandardCharsets.UTF_8));
            if (ready.find()) {
                return Optional.of(ready.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Optional.empty();
    }

    private static boolean ask(String url, Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        boolean all = true;
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(administrator(folder)).build()) {
            for (Step step : STEPS) {
                HttpRequest.Builder request =
                        HttpRequest.newBuilder(URI.create(url + step.path())).timeout(PATIENCE);
                if (!step.type().isEmpty()) {
                    request.header("Content-Type", step.type());
                }
                request.method(step.method(), HttpRequest.BodyPublishers.ofString(step.body()));
                all &= client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        < 300;
            }
        }
        return all;
    }

    /// The credentials of the set's kubeconfig that may do everything.
    private static SSLContext administrator(Path folder) throws IOException, GeneralSecurityException {
        PkiDirectory set = PkiDirectory.of(FileOperations.disk(), folder, Optional.empty());
        if (!(set.file("super-admin.conf").content() instanceof FoundFile.Content.Kubeconfig(var kubeconfig))) {
            throw new IOException("the set that serve made has no super-admin.conf");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate authority : kubeconfig.authorities()) {
            store.setCertificateEntry("ca", authority.jca());
        }
        SigningKey key = kubeconfig.key().orElseThrow();
        X509Certificate[] chain =
                kubeconfig.chain().stream().map(Certificate::jca).toArray(X509Certificate[]::new);
        store.setKeyEntry("client", key.jcaKey(), new char[0], chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
