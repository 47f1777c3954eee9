package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;

/// Whether the files are there, readable and private.
final class PresenceChecks {
    private static final int GROUP_AND_OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;

    private PresenceChecks() {}

    static void missing(Examined examined) {
        boolean external = examined.set()
                .desired()
                .config()
                .authorities()
                .isExternal(examined.item().name());
        for (FoundFile file : examined.files()) {
            if (file.isMissing() && !(external && isKeyOf(examined.item(), file.path()))) {
                examined.error("missing", file.path(), "is missing", cure(examined, file));
            }
        }
    }

    static void unreadable(Examined examined) {
        for (FoundFile file : examined.files()) {
            if (file.content() instanceof Content.Broken(String reason)) {
                examined.error("unreadable", file.path(), reason, cure(examined, file));
            } else if (!file.isMissing() && !isOfKind(examined.item(), file)) {
                examined.error("unreadable", file.path(), "does not hold what belongs there", cure(examined, file));
            }
        }
    }

    /// kubeadm writes even sa.pub with 0600; only certificates and public keys are for everybody.
    static void fileMode(Examined examined) {
        for (FoundFile file : examined.files()) {
            if (file.mode().isEmpty()) {
                continue;
            }
            int mode = file.mode().getAsInt();
            boolean secret = file.content() instanceof Content.PrivateKey
                    || file.content() instanceof Content.Kubeconfig
                    || file.path().endsWith(".key");
            String octal = "0" + Integer.toOctalString(mode);
            if (secret && (mode & GROUP_AND_OTHERS) != 0) {
                examined.error(
                        "file-mode",
                        file.path(),
                        "holds a private key and has mode " + octal,
                        "chmod 600 " + file.path());
            } else if ((mode & OTHERS_WRITE) != 0) {
                examined.error(
                        "file-mode",
                        file.path(),
                        "can be changed by others: mode " + octal,
                        "chmod go-w " + file.path());
            }
        }
    }

    private static boolean isKeyOf(Item item, String path) {
        return item.output() instanceof Output.Pair(String certificate, String key) && path.equals(key);
    }

    private static boolean isOfKind(Item item, FoundFile file) {
        Content content = file.content();
        if (item.output() instanceof Output.Config) {
            return content instanceof Content.Kubeconfig;
        }
        if (item.output() instanceof Output.Keys keys) {
            return file.path().equals(keys.privateKey())
                    ? content instanceof Content.PrivateKey
                    : content instanceof Content.PublicKeys;
        }
        return isKeyOf(item, file.path())
                ? content instanceof Content.PrivateKey
                : content instanceof Content.Certificates;
    }

    /// A CA can't be made again: all that it signed would be lost with it.
    private static String cure(Examined examined, FoundFile file) {
        if (examined.isMissing() && !file.path().isEmpty()) {
            return "kubepki init";
        }
        boolean irreplaceable = examined.item().isAuthority() || examined.item().name() == CertificateName.SA;
        return irreplaceable ? "bring " + file.path() + " back from a backup" : examined.renew();
    }
}
