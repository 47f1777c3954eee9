package dev.kubepki.pki.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// The entries of an archive on their way to whoever asks for them by name. What nobody asked for is surplus.
final class ArchiveEntries {
    private final String file;
    private final SequencedMap<String, byte[]> entries;

    ArchiveEntries(String file, byte[] archive) {
        this.file = file;
        this.entries = SealedArchive.decode(file, archive);
    }

    byte[] take(String name) {
        byte[] content = entries.remove(name);
        if (content == null) {
            throw new ExchangeFailure(file + ": lacks '" + name + "'");
        }
        return content;
    }

    byte[] take(String name, String sha256) {
        byte[] content = take(name);
        if (!Manifest.sha256(content).equals(sha256)) {
            throw changed(name);
        }
        return content;
    }

    ExchangeFailure changed(String name) {
        return new ExchangeFailure(file + ": '" + name + "' is not what the manifest says; it was changed");
    }

    void refuseSurplus() {
        if (!entries.isEmpty()) {
            List<String> names = new ArrayList<>(entries.sequencedKeySet());
            throw new ExchangeFailure(file + ": holds '" + names.getFirst() + "', which its manifest does not name");
        }
    }
}
