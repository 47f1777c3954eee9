package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is worth knowing about a kubeconfig.
final class KubeconfigFacts {
    private record Credential(String field, String words) {}

    /// In the order in which client-go prefers them; the field's value is a secret for some, so only its name is told.
    private static final List<Credential> CREDENTIALS = List.of(
            new Credential("client-certificate-data", "client certificate inside"),
            new Credential("client-certificate", "client certificate in "),
            new Credential("token", "bearer token inside"),
            new Credential("tokenFile", "bearer token in "),
            new Credential("username", "user name and password, which no current API server takes"),
            new Credential("exec", "a program that is run"),
            new Credential("auth-provider", "an auth provider, which kubectl no longer knows"));

    private KubeconfigFacts() {}

    static Facts of(Description.OfKubeconfig description, Instant now) {
        Mapping config = description.config();
        FactsBuilder facts = new FactsBuilder("Kubeconfig", "kubeconfig");
        Optional<String> current = config.string("current-context").filter(text -> !text.isEmpty());
        facts.text("currentContext", "Current context", current);
        List<String> contexts = new ArrayList<>();
        for (Mapping each : items(config, "contexts")) {
            contexts.add(context(each));
        }
        facts.texts("contexts", "Contexts", contexts);
        facts.texts("clusters", "Clusters", lines(config, "clusters", "cluster", KubeconfigFacts::cluster));
        facts.texts("users", "Users", lines(config, "users", "user", KubeconfigFacts::user));
        boolean resolvable = current.isEmpty()
                || items(config, "contexts").stream()
                        .anyMatch(c -> c.string("name").equals(current));
        if (!resolvable) {
            facts.warn("its current context '" + current.get() + "' is not among its contexts");
        }
        for (Mapping each : items(config, "clusters")) {
            dangers(facts, each);
        }
        facts.inner("contents", "", DescriptionFacts.fields(description.fields(), now));
        Pairing.ofFields(facts, description.fields());
        return facts.build();
    }

    private interface Line {
        String of(Mapping entry);
    }

    private static List<String> lines(Mapping config, String list, String inner, Line line) {
        List<String> lines = new ArrayList<>();
        for (Mapping each : items(config, list)) {
            Mapping entry = each.mapping(inner).orElse(Mapping.of());
            lines.add(each.string("name").orElse("(no name)") + ": " + line.of(entry));
        }
        return lines;
    }

    private static List<Mapping> items(Mapping config, String list) {
        List<Mapping> items = new ArrayList<>();
        for (Node each : config.sequence(list).map(Sequence::items).orElse(List.of())) {
            if (each instanceof Mapping mapping) {
                items.add(mapping);
            }
        }
        return items;
    }

    private static String context(Mapping each) {
        Mapping context = each.mapping("context").orElse(Mapping.of());
        return each.string("name").orElse("(no name)")
                + ": user "
                + context.string("user").orElse("(none)")
                + " at cluster "
                + context.string("cluster").orElse("(none)")
                + context.string("namespace").map(name -> ", namespace " + name).orElse("");
    }

    /// Data wins over a path where both are there.
    private static String cluster(Mapping cluster) {
        String server = cluster.string("server").orElse("(no server)");
        if (cluster.string("certificate-authority-data").isPresent()) {
            return server + ", CA inside";
        }
        return server
                + cluster.string("certificate-authority")
                        .map(path -> ", CA in " + path)
                        .orElse(", no CA: the system's trust store decides");
    }

    private static String user(Mapping user) {
        for (Credential credential : CREDENTIALS) {
            if (user.get(credential.field()).isPresent()) {
                boolean path = credential.words().endsWith(" in ");
                return credential.words()
                        + (path ? user.string(credential.field()).orElse("") : "");
            }
        }
        return "no credential";
    }

    private static void dangers(FactsBuilder facts, Mapping each) {
        Mapping cluster = each.mapping("cluster").orElse(Mapping.of());
        boolean insecure = cluster.get("insecure-skip-tls-verify")
                .map(value -> value instanceof dev.kubepki.pki.document.Scalar scalar
                        && scalar.text().equals("true"))
                .orElse(false);
        String name = each.string("name").orElse("");
        if (insecure) {
            facts.warn("cluster '" + name + "' is not authenticated: insecure-skip-tls-verify is on");
        }
        if (cluster.string("server")
                .filter(server -> server.startsWith("http:"))
                .isPresent()) {
            facts.warn("cluster '" + name + "' is reached without TLS");
        }
    }
}
