package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Finding;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.FoundSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Compares what a running server serves with what lies on disk.
public final class LiveCheck {
    private LiveCheck() {}

    /// Shakes hands and judges. Nothing is sent after the handshake, and the server is not asked to trust anybody.
    ///
    /// @param server `HOST:PORT`, an IPv6 address in brackets
    public static List<Finding> of(String server, DesiredSet desired, FoundSet found, Duration timeout) {
        Served served = serve(server, timeout);
        if (served.failure().isPresent()) {
            return List.of(
                    finding(server, "live-unreachable", served.failure().get(), "start it, or correct the address"));
        }
        Certificate leaf = served.chain().getFirst();
        List<Item> same = desired.items()
                .filter(item -> certificate(item, found).filter(leaf::equals).isPresent())
                .toList();
        if (!same.isEmpty()) {
            return List.of();
        }
        Optional<Item> kin = desired.items()
                .filter(item ->
                        certificate(item, found).filter(c -> isKin(c, leaf)).isPresent())
                .findFirst();
        String until = ", which ends on " + leaf.validity().notAfter();
        return List.of(kin.map(item -> finding(
                        server,
                        "live-stale",
                        "still serves an older certificate '" + leaf.subject() + "'" + until + "; the file "
                                + item.mainPath() + " has another one",
                        "restart the process that serves there"))
                .orElseGet(() -> finding(
                        server,
                        "live-foreign",
                        "serves '" + leaf.subject() + "'" + until + ", which is not of this set",
                        "check the address, or the files that the process was started with")));
    }

    private static boolean isKin(Certificate file, Certificate served) {
        return file.subject().equals(served.subject()) && file.issuer().equals(served.issuer());
    }

    private static Optional<Certificate> certificate(Item item, FoundSet found) {
        return found.file(item.mainPath()).content() instanceof Content.Certificates(List<Certificate> chain)
                ? Optional.of(chain.getFirst())
                : Optional.empty();
    }

    private static Finding finding(String server, String check, String what, String cure) {
        return new Finding(Finding.Severity.ERROR, check, server, server, what, cure);
    }

    private record Served(List<Certificate> chain, Optional<String> failure) {
        static Served failed(String reason) {
            return new Served(List.of(), Optional.of(reason));
        }
    }

    private static Served serve(String server, Duration timeout) {
        int colon = server.lastIndexOf(':');
        if (colon <= 0) {
            return Served.failed("is not an address of the form HOST:PORT");
        }
        String host = server.substring(0, colon).replace("[", "").replace("]", "");
        Collector collector = new Collector();
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))), millis);
            plain.setSoTimeout(millis);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {collector}, new SecureRandom());
            try (SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true)) {
                tls.startHandshake();
            }
        } catch (NumberFormatException e) {
            return Served.failed("has no port number");
        } catch (SSLException e) {
            // A server that wants a client certificate has shown its own before it refuses us.
            if (collector.chain.isEmpty()) {
                return Served.failed("does not speak TLS (" + e.getMessage() + ")");
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            if (collector.chain.isEmpty()) {
                return Served.failed("can't be reached (" + e.getMessage() + ")");
            }
        }
        return collector.chain.isEmpty()
                ? Served.failed("shows no certificate")
                : new Served(collector.chain, Optional.empty());
    }

    /// Trusts everybody, for nothing is sent: the question is what the server shows.
    private static final class Collector extends X509ExtendedTrustManager {
        private final List<Certificate> chain = new ArrayList<>();

        private void collect(X509Certificate[] shown) {
            chain.clear();
            for (X509Certificate certificate : shown) {
                try {
                    chain.add(Certificate.decode(certificate.getEncoded()));
                } catch (java.security.cert.CertificateEncodingException e) {
                    throw new IllegalStateException("a certificate that was just decoded", e);
                }
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String authType) {
            collect(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
            collect(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
            collect(shown);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
