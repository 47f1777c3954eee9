package dev.kubepki.pki.cluster;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// Unmodifiable maps in the order of the names, so that output and plans have one order.
final class ByName {
    private ByName() {}

    static <V> Map<CertificateName, V> copyOf(Map<CertificateName, V> map) {
        Map<CertificateName, V> copy = new EnumMap<>(CertificateName.class);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }
}
