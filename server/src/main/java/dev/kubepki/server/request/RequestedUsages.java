package dev.kubepki.server.request;

import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The usages of the certificates API, as the bits and purposes that they become in a certificate.
public final class RequestedUsages {
    private static final Map<String, KeyUsage> BITS = Map.of(
            "signing", KeyUsage.DIGITAL_SIGNATURE,
            "digital signature", KeyUsage.DIGITAL_SIGNATURE,
            "content commitment", KeyUsage.NON_REPUDIATION,
            "key encipherment", KeyUsage.KEY_ENCIPHERMENT,
            "data encipherment", KeyUsage.DATA_ENCIPHERMENT,
            "key agreement", KeyUsage.KEY_AGREEMENT,
            "cert sign", KeyUsage.CERT_SIGN,
            "crl sign", KeyUsage.CRL_SIGN,
            "encipher only", KeyUsage.ENCIPHER_ONLY,
            "decipher only", KeyUsage.DECIPHER_ONLY);

    /// In the order in which a certificate lists them, whatever the order in the request.
    private static final Map<String, String> PURPOSES = purposes();

    private RequestedUsages() {}

    private static Map<String, String> purposes() {
        Map<String, String> purposes = new LinkedHashMap<>();
        purposes.put("any", "2.5.29.37.0");
        purposes.put("server auth", "1.3.6.1.5.5.7.3.1");
        purposes.put("client auth", "1.3.6.1.5.5.7.3.2");
        purposes.put("code signing", "1.3.6.1.5.5.7.3.3");
        purposes.put("email protection", "1.3.6.1.5.5.7.3.4");
        purposes.put("s/mime", "1.3.6.1.5.5.7.3.4");
        purposes.put("ipsec end system", "1.3.6.1.5.5.7.3.5");
        purposes.put("ipsec tunnel", "1.3.6.1.5.5.7.3.6");
        purposes.put("ipsec user", "1.3.6.1.5.5.7.3.7");
        purposes.put("timestamping", "1.3.6.1.5.5.7.3.8");
        purposes.put("ocsp signing", "1.3.6.1.5.5.7.3.9");
        purposes.put("microsoft sgc", "1.3.6.1.4.1.311.10.3.3");
        purposes.put("netscape sgc", "2.16.840.1.113730.4.1");
        return purposes;
    }

    /// The bits, of those usages that are bits.
    public static Set<KeyUsage> bits(Collection<String> usages) {
        Set<KeyUsage> bits = EnumSet.noneOf(KeyUsage.class);
        for (String usage : usages) {
            KeyUsage bit = BITS.get(usage);
            if (bit != null) {
                bits.add(bit);
            }
        }
        return bits;
    }

    /// The purposes, each once, of those usages that are purposes.
    public static List<ExtendedKeyUsage> purposes(Collection<String> usages) {
        List<ExtendedKeyUsage> purposes = new ArrayList<>();
        PURPOSES.forEach((usage, oid) -> {
            ExtendedKeyUsage purpose = new ExtendedKeyUsage(oid);
            if (usages.contains(usage) && !purposes.contains(purpose)) {
                purposes.add(purpose);
            }
        });
        return purposes;
    }

    /// Whether the API has such a usage.
    public static boolean isKnown(String usage) {
        return BITS.containsKey(usage) || PURPOSES.containsKey(usage);
    }
}
