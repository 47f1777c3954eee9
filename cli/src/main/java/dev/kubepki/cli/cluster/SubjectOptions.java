package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;
import java.util.Locale;

/// Whom a new request is for, as the options say it.
final class SubjectOptions {
    /// RFC 5280, appendix A.1: ub-common-name.
    private static final int LONGEST = 64;

    private SubjectOptions() {}

    static DistinguishedName subject(Invocation in, String name, String signer) {
        boolean node = SignerNames.isForNodes(signer);
        if (SignerNames.isForServices(signer) && !in.given("cn")) {
            return service(in);
        }
        String usual = node && !name.startsWith(SignerNames.NODE_PREFIX) ? SignerNames.NODE_PREFIX + name : name;
        List<String> groups = in.list("group");
        return subject(in.string("cn").orElse(usual), node && groups.isEmpty() ? List.of(SignerNames.NODES) : groups);
    }

    /// Its signer takes one of the names that are asked for, or nothing.
    private static DistinguishedName service(Invocation in) {
        return names(in).stream()
                .filter(SubjectAltName.Dns.class::isInstance)
                .map(name -> ((SubjectAltName.Dns) name).name())
                .filter(name -> name.length() <= LONGEST)
                .findFirst()
                .map(DistinguishedName::ofCommonName)
                .orElse(DistinguishedName.of(List.of()));
    }

    static DistinguishedName subject(String user, List<String> groups) {
        if (user.isEmpty() || groups.contains("")) {
            throw new UsageException("the name of a user or group can't be empty");
        }
        return DistinguishedName.of(user, groups);
    }

    /// `DNS:`, `IP:`, `URI:` and `email:` say the kind; without them it is an address or a DNS name.
    static List<SubjectAltName> names(Invocation in) {
        return in.list("san").stream().map(SubjectOptions::name).toList();
    }

    private static SubjectAltName name(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        try {
            return switch (colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "dns" -> new SubjectAltName.Dns(value);
                case "ip" -> new SubjectAltName.Ip(value);
                case "uri" -> new SubjectAltName.Uri(value);
                case "email" -> new SubjectAltName.Email(value);
                default -> SubjectAltName.of(text);
            };
        } catch (X509Failure e) {
            throw new UsageException("--san: " + e.getMessage());
        }
    }
}
