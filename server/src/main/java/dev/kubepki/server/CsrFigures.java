package dev.kubepki.server;

import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.http.MetricText;
import dev.kubepki.server.registry.ObjectChange;
import dev.kubepki.server.request.CsrState;
import java.util.ArrayList;
import java.util.List;

/// How many requests for certificates there are, by signer and state. It follows the changes and keeps a few bytes of
/// each request: counting a hundred thousand of them anew for each question would take too long.
final class CsrFigures implements MetricSource {
    private static final String NAME = "kubepki_certificatesigningrequests";

    /// More signers than this are counted together: their names are the clients' choice.
    private static final int MOST_SIGNERS = 100;

    private static final String OTHERS = "(others)";

    private final KeyTable sortOf = new KeyTable();
    private final List<Sort> sorts = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    private record Sort(String signer, CsrState state) {}

    /// Takes a change.
    synchronized void take(ObjectChange change) {
        String key = change.object().key();
        if (change.isDeleted()) {
            add(sortOf.remove(key), -1);
            return;
        }
        byte[] json = change.object().json();
        short now = number(new Sort(CsrScan.signer(json), CsrScan.state(json)));
        add(sortOf.put(key, now), -1);
        add(now, 1);
    }

    private void add(short sort, int difference) {
        if (sort != KeyTable.NONE) {
            counts.set(sort, counts.get(sort) + difference);
        }
    }

    private short number(Sort sort) {
        int known = sorts.indexOf(sort);
        if (known < 0) {
            boolean full = sorts.size() >= MOST_SIGNERS * CsrState.values().length
                    && !sort.signer().equals(OTHERS);
            if (full) {
                return number(new Sort(OTHERS, sort.state()));
            }
            known = sorts.size();
            sorts.add(sort);
            counts.add(0);
        }
        return (short) known;
    }

    @Override
    public synchronized void write(MetricText out) {
        out.family(NAME, MetricText.Type.GAUGE, "CertificateSigningRequests that are stored.");
        for (int i = 0; i < sorts.size(); i++) {
            Sort sort = sorts.get(i);
            out.sample(
                    NAME,
                    counts.get(i),
                    "signer",
                    sort.signer(),
                    "state",
                    sort.state().label());
        }
    }
}
