package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.x509.Certificate;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/// Remembers every signature and what became of it.
public final class Recorded implements Signatures {
    public final List<Certificate> all = new CopyOnWriteArrayList<>();
    public final Map<BigInteger, Fate> fates = new ConcurrentHashMap<>();

    @Override
    public void signed(Certificate certificate, ObjectNode request) {
        all.add(certificate);
    }

    @Override
    public void ended(Certificate certificate, ObjectNode request, Fate fate) {
        fates.put(certificate.serial(), fate);
    }
}
