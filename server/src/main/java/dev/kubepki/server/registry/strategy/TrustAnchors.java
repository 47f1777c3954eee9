package dev.kubepki.server.registry.strategy;

import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.PemBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The certificates of a trust bundle, and what is wrong with them.
final class TrustAnchors {
    private TrustAnchors() {}

    static List<String> faults(String text) {
        List<PemBlock> blocks = PemBlock.read(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
        List<String> faults = new ArrayList<>();
        Map<Certificate, List<Integer>> anchors = new LinkedHashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            PemBlock block = blocks.get(i);
            if (!block.type().equals("CERTIFICATE")) {
                faults.add("entry " + i + " has bad block type: " + block.type());
            } else if (block.hasHeaders()) {
                faults.add("entry " + i + " has PEM block headers");
            } else {
                anchor(i, block.der(), anchors, faults);
            }
        }
        if (!faults.isEmpty()) {
            return faults;
        }
        if (anchors.isEmpty()) {
            return List.of("at least one trust anchor must be provided");
        }
        return repeated(anchors);
    }

    private static void anchor(int i, byte[] der, Map<Certificate, List<Integer>> anchors, List<String> faults) {
        try {
            Certificate certificate = Certificate.decode(der);
            Optional<BasicConstraints> constraints = certificate.basicConstraints();
            if (constraints.isEmpty() || !constraints.get().ca()) {
                faults.add("entry " + i + " does not have the CA bit set");
            } else {
                anchors.computeIfAbsent(certificate, key -> new ArrayList<>()).add(i);
            }
        } catch (X509Failure e) {
            faults.add("entry " + i + " does not parse as X.509");
        }
    }

    private static List<String> repeated(Map<Certificate, List<Integer>> anchors) {
        List<String> faults = new ArrayList<>();
        for (List<Integer> indexes : anchors.values()) {
            if (indexes.size() > 1) {
                faults.add(
                        "duplicate trust anchor (indices " + indexes.toString().replace(",", "") + ")");
            }
        }
        return faults;
    }
}
