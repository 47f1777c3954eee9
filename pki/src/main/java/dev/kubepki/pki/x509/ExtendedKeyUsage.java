package dev.kubepki.pki.x509;

import java.util.Map;

/// One purpose of the extended key usage extension (RFC 5280 §4.2.1.12).
///
/// @param oid the purpose's identifier in dotted form
public record ExtendedKeyUsage(String oid) {
    /// TLS server authentication.
    public static final ExtendedKeyUsage SERVER_AUTH = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.1");
    /// TLS client authentication.
    public static final ExtendedKeyUsage CLIENT_AUTH = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.2");
    /// Any purpose.
    public static final ExtendedKeyUsage ANY = new ExtendedKeyUsage("2.5.29.37.0");

    private static final Map<String, String[]> NAMES = Map.ofEntries(
            Map.entry("1.3.6.1.5.5.7.3.1", new String[] {"serverAuth", "TLS Web Server Authentication"}),
            Map.entry("1.3.6.1.5.5.7.3.2", new String[] {"clientAuth", "TLS Web Client Authentication"}),
            Map.entry("1.3.6.1.5.5.7.3.3", new String[] {"codeSigning", "Code Signing"}),
            Map.entry("1.3.6.1.5.5.7.3.4", new String[] {"emailProtection", "E-mail Protection"}),
            Map.entry("1.3.6.1.5.5.7.3.5", new String[] {"ipsecEndSystem", "IPSec End System"}),
            Map.entry("1.3.6.1.5.5.7.3.6", new String[] {"ipsecTunnel", "IPSec Tunnel"}),
            Map.entry("1.3.6.1.5.5.7.3.7", new String[] {"ipsecUser", "IPSec User"}),
            Map.entry("1.3.6.1.5.5.7.3.8", new String[] {"timeStamping", "Time Stamping"}),
            Map.entry("1.3.6.1.5.5.7.3.9", new String[] {"OCSPSigning", "OCSP Signing"}),
            Map.entry("1.3.6.1.4.1.311.10.3.3", new String[] {"msSGC", "Microsoft Server Gated Crypto"}),
            Map.entry("2.16.840.1.113730.4.1", new String[] {"nsSGC", "Netscape Server Gated Crypto"}),
            Map.entry("2.5.29.37.0", new String[] {"anyExtendedKeyUsage", "Any Extended Key Usage"}));

    // Spelled out: a record's own two are linked when first used, for which every start would wait.
    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedKeyUsage that && oid.equals(that.oid);
    }

    @Override
    public int hashCode() {
        return oid.hashCode();
    }

    /// The short name: `serverAuth`, or the dotted identifier where there is no name.
    public String field() {
        String[] names = NAMES.get(oid);
        return names == null ? oid : names[0];
    }

    /// The name in openssl's output: `TLS Web Server Authentication`.
    public String label() {
        String[] names = NAMES.get(oid);
        return names == null ? oid : names[1];
    }
}
