package dev.kubepki.api.client.remote;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/// Why a connection did not come about, in words.
final class Trouble {
    private static final Map<Class<? extends Throwable>, String> WORDS = words();

    private Trouble() {}

    /// The deepest cause that says something stands first.
    private static Map<Class<? extends Throwable>, String> words() {
        Map<Class<? extends Throwable>, String> words = new LinkedHashMap<>();
        words.put(UnknownHostException.class, "its name is not known here");
        words.put(UnresolvedAddressException.class, "its name is not known here");
        words.put(HttpConnectTimeoutException.class, "nothing answers at this address");
        words.put(ConnectException.class, "nothing listens there");
        return words;
    }

    static String of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return "its certificate is not taken: " + each.getMessage();
            }
            String words = WORDS.get(each.getClass());
            if (words != null) {
                return words;
            }
        }
        return (failure instanceof SSLException ? "TLS failed: " : "") + failure.getMessage();
    }
}
