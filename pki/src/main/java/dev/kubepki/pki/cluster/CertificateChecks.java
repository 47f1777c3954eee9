package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a certificate says of itself.
final class CertificateChecks {
    private CertificateChecks() {}

    static void version(Examined examined) {
        examined.leaf()
                .filter(c -> c.version() != 3)
                .ifPresent(c -> examined.error(
                        "version",
                        examined.item().mainPath(),
                        "is of X.509 version " + c.version()
                                + ", which has no extensions and so no names and no usages",
                        examined.renew()));
    }

    static void expired(Examined examined) {
        examined.leaf()
                .filter(c -> c.validity().notAfter().isBefore(examined.now()))
                .ifPresent(c -> examined.error(
                        "expired",
                        examined.item().mainPath(),
                        "ended on " + c.validity().notAfter(),
                        examined.renew()));
    }

    static void notYetValid(Examined examined) {
        examined.leaf()
                .filter(c -> c.validity().notBefore().isAfter(examined.now()))
                .ifPresent(c -> examined.error(
                        "not-yet-valid",
                        examined.item().mainPath(),
                        "begins on " + c.validity().notBefore() + " only",
                        "set the clock, or " + examined.renew()));
    }

    static void expiresSoon(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        if (leaf.isPresent() && leaf.get().validity().contains(examined.now())) {
            Duration left = leaf.get().validity().remaining(examined.now());
            if (left.compareTo(examined.set().soon()) < 0) {
                examined.warn(
                        "expires-soon",
                        examined.item().mainPath(),
                        "ends in " + left.toDays() + " days, on "
                                + leaf.get().validity().notAfter(),
                        examined.renew());
            }
        }
    }

    static void usages(Examined examined) {
        Optional<Certificate> leaf = examined.leaf().filter(c -> c.version() == 3);
        if (leaf.isEmpty()) {
            return;
        }
        Item item = examined.item();
        Optional<KeyAlgorithm> algorithm = KeyChecks.publicKey(leaf.get()).flatMap(KeyAlgorithm::of);
        EnumSet<KeyUsage> missing = EnumSet.noneOf(KeyUsage.class);
        missing.addAll(needed(item, algorithm));
        leaf.get().keyUsage().ifPresent(missing::removeAll);
        if (leaf.get().keyUsage().isEmpty() && item.isAuthority()) {
            examined.warn(
                    "usages",
                    item.mainPath(),
                    "has no key usage, which strict clients refuse in a CA",
                    examined.renew());
        } else if (leaf.get().keyUsage().isPresent() && !missing.isEmpty()) {
            examined.error("usages", item.mainPath(), "lacks the key usage " + fields(missing), examined.renew());
        }
        for (ExtendedKeyUsage usage : item.profile().extendedKeyUsages()) {
            List<ExtendedKeyUsage> present = leaf.get().extendedKeyUsages().orElse(List.of());
            if (!present.contains(usage) && !present.contains(ExtendedKeyUsage.ANY)) {
                examined.error(
                        "usages", item.mainPath(), "lacks the extended key usage " + usage.field(), examined.renew());
            }
        }
    }

    /// Key encipherment serves TLS 1.2 without forward secrecy only, so a set without it works; CRLs are not in use.
    private static Set<KeyUsage> needed(Item item, Optional<KeyAlgorithm> algorithm) {
        EnumSet<KeyUsage> needed = EnumSet.noneOf(KeyUsage.class);
        needed.addAll(item.profile().keyUsagesFor(algorithm));
        needed.remove(KeyUsage.KEY_ENCIPHERMENT);
        if (item.isAuthority()) {
            needed.retainAll(EnumSet.of(KeyUsage.CERT_SIGN));
        }
        return needed;
    }

    static void surplusUsages(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        if (leaf.isEmpty() || examined.item().isAuthority()) {
            return;
        }
        Item item = examined.item();
        boolean enciphers = leaf.get().keyUsage().orElse(Set.of()).contains(KeyUsage.KEY_ENCIPHERMENT);
        boolean rsa = KeyChecks.publicKey(leaf.get())
                .map(k -> k.getAlgorithm().toUpperCase(Locale.ROOT).startsWith("RSA"))
                .orElse(true);
        if (enciphers && !rsa) {
            examined.warn(
                    "surplus-usages",
                    item.mainPath(),
                    "has keyEncipherment, which means nothing for its key",
                    "none needed");
        }
        List<ExtendedKeyUsage> present = leaf.get().extendedKeyUsages().orElse(List.of());
        boolean both = present.contains(ExtendedKeyUsage.CLIENT_AUTH);
        if (both && !item.profile().extendedKeyUsages().contains(ExtendedKeyUsage.CLIENT_AUTH)) {
            examined.warn(
                    "surplus-usages",
                    item.mainPath(),
                    "has clientAuth though it is a server's: whoever takes its key can log in with it",
                    examined.renew());
        }
    }

    static void authority(Examined examined) {
        Optional<Certificate> leaf = examined.leaf().filter(c -> c.version() == 3);
        if (leaf.isPresent() && leaf.get().isCa() != examined.item().isAuthority()) {
            examined.error(
                    "authority",
                    examined.item().mainPath(),
                    leaf.get().isCa() ? "is a CA, so its holder can sign for anybody" : "is not marked as a CA",
                    examined.renew());
        }
    }

    static void signatureAlgorithm(Examined examined) {
        Optional<String> name = examined.leaf().map(Certificate::signatureName);
        if (name.isPresent() && (name.get().startsWith("SHA1") || name.get().startsWith("MD5"))) {
            examined.error(
                    "signature-algorithm",
                    examined.item().mainPath(),
                    "is signed with " + name.get() + ", which Go and OpenSSL refuse",
                    examined.renew());
        }
    }

    /// RFC 5280 §4.1.2.2; Go refuses negative ones.
    static void serial(Examined examined) {
        examined.leaf()
                .filter(c -> c.serial().signum() <= 0 || c.serial().bitLength() > 159)
                .ifPresent(c -> examined.error(
                        "serial",
                        examined.item().mainPath(),
                        "has the serial number " + c.serial() + ", which must be positive and of at most 20 bytes",
                        examined.renew()));
    }

    private static String fields(Set<KeyUsage> usages) {
        return String.join(", ", usages.stream().map(KeyUsage::field).toList());
    }
}
