package dev.kubepki.pki.exchange;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a request is signed as. The profile decides the usages, never the request.
@SuppressWarnings("ImmutableEnumChecker") // the profiles copy their collections and never change
public enum SigningProfile {
    /// A TLS server.
    SERVER("server", CertificateProfile.server(Terms.YEAR), false),
    /// A TLS client, such as a user.
    CLIENT("client", CertificateProfile.client(Terms.YEAR), false),
    /// Both, as etcd's members are.
    SERVER_CLIENT("server-client", CertificateProfile.serverAndClient(Terms.YEAR), false),
    /// A CA.
    AUTHORITY(
            "authority", CertificateProfile.authority(BasicConstraints.AUTHORITY, Terms.YEAR.multipliedBy(10)), false),
    /// A kubelet's serving certificate, by the rules of `kubernetes.io/kubelet-serving`.
    KUBELET_SERVER("kubelet-server", CertificateProfile.server(Terms.YEAR), true),
    /// A kubelet's client certificate, by the rules of `kubernetes.io/kube-apiserver-client-kubelet`.
    KUBELET_CLIENT("kubelet-client", CertificateProfile.client(Terms.YEAR), true);

    private final String label;
    private final CertificateProfile usages;
    private final boolean node;

    SigningProfile(String label, CertificateProfile usages, boolean node) {
        this.label = label;
        this.usages = usages;
        this.node = node;
    }

    private static final class Terms {
        static final Duration YEAR = Duration.ofDays(365);
    }

    /// The name that people write.
    public String label() {
        return label;
    }

    /// What goes into the certificate; one year for leaves, ten for CAs.
    public CertificateProfile usages() {
        return usages;
    }

    /// Whether the subject must be a node's.
    public boolean isForNode() {
        return node;
    }

    /// Whether it signs others.
    public boolean isAuthority() {
        return this == AUTHORITY;
    }

    /// Whether it serves TLS.
    public boolean isServer() {
        return usages.extendedKeyUsages().contains(ExtendedKeyUsage.SERVER_AUTH);
    }

    /// Every profile's name.
    public static List<String> labels() {
        return Stream.of(values()).map(SigningProfile::label).toList();
    }

    /// The profile of a name.
    public static Optional<SigningProfile> parse(String label) {
        return Stream.of(values()).filter(p -> p.label.equals(label)).findFirst();
    }

    /// The profile that a request's wishes come nearest to: its extended key usages, else a server where it carries
    /// host names, else a client. Never a CA: that takes a word from the signer.
    public static SigningProfile nearest(CertificateRequest request) {
        List<ExtendedKeyUsage> wanted = request.extendedKeyUsages().orElse(List.of());
        boolean server = wanted.contains(ExtendedKeyUsage.SERVER_AUTH);
        boolean client = wanted.contains(ExtendedKeyUsage.CLIENT_AUTH);
        if (server || client) {
            return server && client ? SERVER_CLIENT : server ? SERVER : CLIENT;
        }
        return hasHost(request.subjectAltNames()) ? SERVER : CLIENT;
    }

    static boolean hasHost(List<SubjectAltName> names) {
        return names.stream().anyMatch(n -> n instanceof SubjectAltName.Dns || n instanceof SubjectAltName.Ip);
    }
}
