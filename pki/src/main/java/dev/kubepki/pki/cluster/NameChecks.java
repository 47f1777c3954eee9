package dev.kubepki.pki.cluster;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whether a certificate is for whom it should be.
final class NameChecks {
    private NameChecks() {}

    /// A user's name and groups must be exact. A CA or a server may be called otherwise: nobody asks.
    static void subject(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        if (leaf.isEmpty()) {
            return;
        }
        DistinguishedName wanted = examined.item().subject();
        DistinguishedName found = leaf.get().subject();
        boolean sameName = wanted.commonName().equals(found.commonName());
        boolean sameGroups = new HashSet<>(wanted.organizations()).equals(new HashSet<>(found.organizations()));
        if (sameName && sameGroups) {
            return;
        }
        String path = examined.item().mainPath();
        if (nameMatters(examined.item())) {
            examined.error("subject", path, difference(wanted, found), examined.renew());
        } else {
            String cure = examined.item().isAuthority() ? "none needed" : examined.renew();
            examined.warn("subject", path, difference(wanted, found), cure);
        }
    }

    private static boolean nameMatters(Item item) {
        boolean client = item.profile().name().equals("client");
        return client
                && item.issuer()
                        .filter(i -> i == CertificateName.CA || i == CertificateName.FRONT_PROXY_CA)
                        .isPresent();
    }

    private static String difference(DistinguishedName wanted, DistinguishedName found) {
        String name = found.commonName().orElse("");
        if (name.toLowerCase(Locale.ROOT).startsWith("system:node:") && !name.startsWith("system:node:")) {
            return "has the CN '" + name + "': Kubernetes tells upper from lower case, so this is nobody; it must be '"
                    + wanted.commonName().orElse("") + "'";
        }
        Set<String> surplus = new HashSet<>(found.organizations());
        wanted.organizations().forEach(surplus::remove);
        String note = surplus.contains("system:masters") ? "; members of system:masters pass every authorization" : "";
        return "has the subject '" + found + "', wanted is '" + wanted + "'" + note;
    }

    static void subjectAltNames(Examined examined) {
        Optional<Certificate> leaf = examined.leaf().filter(c -> c.version() == 3);
        List<SubjectAltName> wanted = examined.item().subjectAltNames();
        if (leaf.isEmpty() || wanted.isEmpty()) {
            return;
        }
        List<SubjectAltName> missing = new ArrayList<>(wanted);
        missing.removeAll(leaf.get().subjectAltNames());
        if (!missing.isEmpty()) {
            examined.error(
                    "subject-alt-names",
                    examined.item().mainPath(),
                    "lacks "
                            + String.join(
                                    ", ",
                                    missing.stream()
                                            .map(SubjectAltName::toString)
                                            .toList()),
                    examined.renew());
        }
    }
}
