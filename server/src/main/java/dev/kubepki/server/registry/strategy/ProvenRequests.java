package dev.kubepki.server.registry.strategy;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The PKCS#10 requests that were judged last. A verdict depends on the bytes alone, and the same bytes come again:
/// to validation, to admission, and when a client sends once more what was in vain.
final class ProvenRequests {
    private static final int MOST = 256;
    /// Larger ones are judged each time.
    private static final int MOST_CHARACTERS = 8192;

    private final CryptoProvider provider;
    private final LinkedHashMap<String, SubmittedRequest> judged = new LinkedHashMap<>(16, 0.75f, true);

    ProvenRequests(CryptoProvider provider) {
        this.provider = provider;
    }

    /// Reads a request and checks that the requester holds the key.
    SubmittedRequest check(String base64) {
        SubmittedRequest known = known(base64);
        if (known != null) {
            return known;
        }
        SubmittedRequest verdict = SubmittedRequest.check(base64, provider);
        if (base64.length() <= MOST_CHARACTERS) {
            keep(base64, verdict);
        }
        return verdict;
    }

    private synchronized @Nullable SubmittedRequest known(String base64) {
        return judged.get(base64);
    }

    private synchronized void keep(String base64, SubmittedRequest verdict) {
        judged.put(base64, verdict);
        if (judged.size() > MOST) {
            judged.pollFirstEntry();
        }
    }
}
