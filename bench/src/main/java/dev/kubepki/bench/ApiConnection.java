package dev.kubepki.bench;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.key.KeyPem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The requests for certificates of one API server, as the user of a kubeconfig.
final class ApiConnection {
    private static final String PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    /// A connection carries at most 128 streams at once.
    private static final int STREAMS = 100;

    private static final DurableFiles FILES = new DurableFiles(FileOperations.disk());

    private final String base;
    private final SSLContext tls;
    private final HttpClient calls;
    private final List<HttpClient> streams = new ArrayList<>();

    ApiConnection(Path kubeconfig) throws IOException {
        Kubeconfig config = Kubeconfig.read(kubeconfig, FILES);
        this.base = config.currentCluster().orElseThrow().server().orElseThrow() + PATH;
        this.tls = tls(config);
        this.calls = client();
    }

    private HttpClient client() {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static SSLContext tls(Kubeconfig config) throws IOException {
        try {
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            byte[] ca = config.currentCluster()
                    .orElseThrow()
                    .certificateAuthority()
                    .orElseThrow()
                    .read(FILES);
            trusted.setCertificateEntry("ca", certificates.generateCertificate(new ByteArrayInputStream(ca)));
            byte[] own = config.currentUser()
                    .orElseThrow()
                    .clientCertificate()
                    .orElseThrow()
                    .read(FILES);
            byte[] key =
                    config.currentUser().orElseThrow().clientKey().orElseThrow().read(FILES);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("user", KeyPem.readPrivateKey(key).jcaKey(), new char[0], new Certificate[] {
                certificates.generateCertificate(new ByteArrayInputStream(own))
            });
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            identity.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the kubeconfig's credentials can't be used", e);
        }
    }

    String get(String query) throws IOException, InterruptedException {
        return expect(200, calls.send(request(query).build(), BodyHandlers.ofString()));
    }

    void post(String body) throws IOException, InterruptedException {
        HttpRequest request = request("")
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        expect(201, calls.send(request, BodyHandlers.ofString()));
    }

    /// The events after a version.
    ///
    /// @param number of the watcher: a hundred share a connection
    InputStream watch(int number, String version) throws IOException, InterruptedException {
        while (streams.size() <= number / STREAMS) {
            streams.add(client());
        }
        HttpRequest request = request("?watch=true&resourceVersion=" + version).build();
        return streams.get(number / STREAMS)
                .send(request, BodyHandlers.ofInputStream())
                .body();
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(base + query)).header("Accept", "application/json");
    }

    private static String expect(int status, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /// The first text of this name in a document; empty when there is none.
    static String field(String json, String name) {
        String key = "\"" + name + "\":\"";
        int start = json.indexOf(key);
        if (start < 0) {
            return "";
        }
        return json.substring(start + key.length(), json.indexOf('"', start + key.length()));
    }
}
