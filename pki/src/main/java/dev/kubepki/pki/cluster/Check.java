package dev.kubepki.pki.cluster;

import java.util.List;

/// One rule about an item of a set, with the name that scripts know it by.
///
/// @param name in lower case with dashes
/// @param meaning what a person learns from it
public record Check(String name, String meaning, Rule rule) {
    /// Every rule about single items, in the order in which findings are given.
    public static final List<Check> ALL = List.of(
            new Check("missing", "the file is not there", PresenceChecks::missing),
            new Check("unreadable", "the file can't be read, or holds something else", PresenceChecks::unreadable),
            new Check("file-mode", "others may read or write the file", PresenceChecks::fileMode),
            new Check("key-mismatch", "the private key is not the certificate's", KeyChecks::keyMismatch),
            new Check("public-key-mismatch", "sa.pub is not the public half of sa.key", KeyChecks::publicKeyMismatch),
            new Check("weak-key", "the key is too short, or of a type that components can't use", KeyChecks::weakKey),
            new Check("key-algorithm", "the key is of another type than described", KeyChecks::keyAlgorithm),
            new Check("version", "the certificate is not of version 3", CertificateChecks::version),
            new Check("expired", "the certificate has ended", CertificateChecks::expired),
            new Check("not-yet-valid", "the certificate has not begun", CertificateChecks::notYetValid),
            new Check("expires-soon", "the certificate ends soon", CertificateChecks::expiresSoon),
            new Check("subject", "CN or O are not what the component must be called", NameChecks::subject),
            new Check("subject-alt-names", "a name or address is missing", NameChecks::subjectAltNames),
            new Check("usages", "a key usage or extended key usage is missing", CertificateChecks::usages),
            new Check("surplus-usages", "a usage is there that should not be", CertificateChecks::surplusUsages),
            new Check("authority", "a CA is not marked as one, or a leaf is", CertificateChecks::authority),
            new Check("signature", "the certificate is not signed by its CA", ChainChecks::signature),
            new Check("signature-algorithm", "the signature's hash is broken", CertificateChecks::signatureAlgorithm),
            new Check(
                    "authority-key-id",
                    "the authority key identifier is missing or wrong",
                    ChainChecks::authorityKeyId),
            new Check("same-subject", "the certificate bears its CA's name", ChainChecks::sameSubject),
            new Check("outlives-ca", "the certificate ends after its CA", ChainChecks::outlivesAuthority),
            new Check("serial", "the serial number is out of range", CertificateChecks::serial),
            new Check(
                    "kubeconfig",
                    "the current context does not lead to a cluster and a user",
                    KubeconfigChecks::usable),
            new Check("kubeconfig-ca", "the kubeconfig trusts another CA", KubeconfigChecks::authority),
            new Check(
                    "kubeconfig-server",
                    "the API server's certificate has no name for this address",
                    KubeconfigChecks::server),
            new Check("path", "the path to the trust anchor is not valid by RFC 5280", ChainChecks::path));

    /// Looks at one item and reports what it finds.
    interface Rule {
        void look(Examined examined);
    }
}
