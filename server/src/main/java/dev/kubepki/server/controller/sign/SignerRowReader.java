package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.cluster.Cidr;
import dev.kubepki.pki.cluster.Lifetimes;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Problems;
import dev.kubepki.server.request.RequestedUsages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads one row of a file of signers. Each problem goes to the [Problems] with its line.
final class SignerRowReader {
    private static final Duration USUAL = Duration.ofDays(90);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final int LEAST_RSA = 2048;
    private static final int LEAST_ECDSA = 256;
    private static final String LABELS = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)";
    private static final Pattern NAME = Pattern.compile(LABELS + "+/" + LABELS + "*");
    private static final Pattern RESERVED = Pattern.compile("(.*\\.)?kubernetes\\.io/.*|(.*\\.)?k8s\\.io/.*");
    private static final Set<String> OF_AUTHORITIES = Set.of("cert sign", "crl sign", "any");

    private final Fields row;
    private final Problems problems;

    SignerRowReader(Fields row, Problems problems) {
        this.row = row;
        this.problems = problems;
    }

    /// The row; nothing where it has no name. With problems nobody uses it.
    Optional<SignerRow> read() {
        Optional<String> name = row.requiredString("name");
        name.ifPresent(this::checkName);
        List<SignerRule> rules = new ArrayList<>(usages(part("usages")));
        rules.add(OwnRules.subject(subjects(part("subject"))));
        rules.add(OwnRules.names(names(part("names"))));
        rules.add(OwnRules.keys(sizes(part("keys"))));
        Fields duration = part("duration");
        Duration longest = duration(duration, "longest", LONGEST);
        Duration usual = duration(duration, "usual", USUAL.compareTo(longest) < 0 ? USUAL : longest);
        if (usual.compareTo(longest) > 0) {
            duration.problem("usual", "must not be longer than duration.longest");
        }
        duration.refuseUnknown();
        Optional<SignerRow.Files> files = files();
        row.refuseUnknown();
        return name.map(text -> new SignerRow(new SignerPolicy(text, rules), files, usual, longest));
    }

    private Fields part(String key) {
        return row.fields(key).orElseGet(() -> Fields.of(empty(), row.path(key), problems));
    }

    private Node empty() {
        return dev.kubepki.pki.document.Mapping.of(List.of(), row.line(), 1);
    }

    private void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            row.problem("name", "must be a domain and a path, such as example.com/serving");
        } else if (RESERVED.matcher(name).matches()) {
            row.problem("name", "lies in a domain of Kubernetes, whose signers are built in; take one of your own");
        }
    }

    private Optional<SignerRow.Files> files() {
        Optional<String> certificate = row.string("certificate");
        Optional<String> key = row.string("key");
        if (certificate.isPresent() != key.isPresent()) {
            row.problem(
                    certificate.isPresent() ? "key" : "certificate",
                    "is missing: a CA has a file with its certificate and one with its key; leave both out for the CA"
                            + " of the built-in signers");
        }
        return certificate.flatMap(first -> key.map(second -> new SignerRow.Files(first, second)));
    }

    private List<SignerRule> usages(Fields usages) {
        Set<String> allowed = usages(usages, "allowed");
        Set<String> required = usages(usages, "required");
        allowed.addAll(required);
        if (allowed.isEmpty()) {
            row.problem("usages", "must allow at least one usage, such as allowed: [digital signature, server auth]");
        }
        usages.refuseUnknown();
        List<SignerRule> rules = new ArrayList<>(List.of(SignerRule.onlyUsages("this signer", allowed)));
        required.stream().sorted().forEach(usage -> rules.add(SignerRule.requiredUsage("this signer", usage)));
        return rules;
    }

    private static Set<String> usages(Fields usages, String key) {
        Set<String> words = new HashSet<>();
        for (Fields.Item item : usages.items(key)) {
            item.string().ifPresent(usage -> {
                if (!RequestedUsages.isKnown(usage)) {
                    item.problem("is not a usage of the certificates API, such as digital signature or server auth");
                } else if (OF_AUTHORITIES.contains(usage)) {
                    item.problem("is for CAs, and no signer of this API makes one");
                } else {
                    words.add(usage);
                }
            });
        }
        return words;
    }

    private static Duration duration(Fields fields, String key, Duration otherwise) {
        Duration life = fields.parsed(key, Lifetimes::any).orElse(otherwise);
        if (life.compareTo(SHORTEST) < 0) {
            fields.problem(key, "must be ten minutes or longer");
        }
        return life;
    }

    private static OwnRules.Subjects subjects(Fields subject) {
        Optional<List<NamePattern>> commonNames = subject.has("commonNames")
                ? Optional.of(patterns(subject, "commonNames", NamePattern::ofText))
                : Optional.empty();
        List<NamePattern> organizations = patterns(subject, "organizations", NamePattern::ofText);
        boolean others = subject.bool("others").orElse(false);
        subject.refuseUnknown();
        return new OwnRules.Subjects(commonNames, organizations, others);
    }

    private static OwnRules.Names names(Fields names) {
        OwnRules.Names read = new OwnRules.Names(
                patterns(names, "dns", NamePattern::ofDns),
                names.bool("wildcards").orElse(false),
                names.parsed("services", SignerRowReader::services),
                patterns(names, "ip", SignerRowReader::range),
                patterns(names, "uri", SignerRowReader::prefix),
                patterns(names, "email", NamePattern::ofEmail));
        names.refuseUnknown();
        return read;
    }

    private static ServiceNames services(String domain) {
        if (!Pattern.matches(LABELS + "*", domain)) {
            throw new IllegalArgumentException("must be the cluster's domain, such as cluster.local");
        }
        return new ServiceNames(domain);
    }

    private static Cidr range(String text) {
        return Cidr.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("must be a range such as 10.0.0.0/8, not '" + text + "'"));
    }

    /// With the slash that ends it, so that no other host or path begins with it.
    private static String prefix(String text) {
        if (!Pattern.matches("[a-z][a-z0-9+.-]*://[^/]+/(.*/)?", text)) {
            throw new IllegalArgumentException(
                    "must be a scheme, a host and a path that ends in a slash, such as spiffe://cluster.local/");
        }
        return text;
    }

    private static <T> List<T> patterns(Fields fields, String key, Function<String, T> reader) {
        List<T> read = new ArrayList<>();
        for (Fields.Item item : fields.items(key)) {
            item.string().ifPresent(text -> {
                try {
                    if (text.isBlank()) {
                        throw new IllegalArgumentException("must not be empty");
                    }
                    read.add(reader.apply(text));
                } catch (IllegalArgumentException e) {
                    item.problem(String.valueOf(e.getMessage()));
                }
            });
        }
        return read;
    }

    private OwnRules.Sizes sizes(Fields keys) {
        boolean any = !row.has("keys");
        OwnRules.Sizes sizes = new OwnRules.Sizes(
                size(keys, "rsa", any ? LEAST_RSA : 0, LEAST_RSA),
                size(keys, "ecdsa", any ? LEAST_ECDSA : 0, LEAST_ECDSA),
                keys.bool("ed25519").orElse(any));
        keys.refuseUnknown();
        return sizes;
    }

    private static int size(Fields keys, String key, int otherwise, int least) {
        OptionalLong size = keys.integer(key);
        if (size.isEmpty()) {
            return otherwise;
        }
        if (size.getAsLong() < least || size.getAsLong() > 16_384) {
            keys.problem(key, "must be the least number of bits, " + least + " or more");
        }
        return (int) Math.min(size.getAsLong(), 16_384);
    }
}
