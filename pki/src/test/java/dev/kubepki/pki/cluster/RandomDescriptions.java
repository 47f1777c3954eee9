package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.KeyAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Valid descriptions in kubepki's own format, whatever the seed: of every style, CA model, topology and address
/// family.
public final class RandomDescriptions {
    private final Random random;
    private int addresses;

    /// Equal seeds give equal descriptions; tell the seed when a test fails.
    public RandomDescriptions(long seed) {
        this.random = new Random(seed);
    }

    /// The next description as a record.
    public ClusterConfig config() {
        String text = text();
        Parsed parsed = ClusterDescription.parse("random.yaml", text.getBytes(StandardCharsets.UTF_8), () -> {
            throw new AssertionError("a random description names its nodes");
        });
        if (parsed instanceof Parsed.Valid valid) {
            return valid.config();
        }
        throw new AssertionError("a random description is not valid: " + parsed + "\n" + text);
    }

    /// The next description as YAML.
    public String text() {
        addresses = 0;
        List<String> controlPlane = names("cp", 1 + random.nextInt(3));
        StringBuilder text = new StringBuilder("apiVersion: kubepki.dev/v1alpha1\nkind: ClusterPKI\n");
        perhaps(text, () -> "clusterName: " + name() + "\n");
        perhaps(text, () -> "style: " + pick(NamingStyle.values()).label() + "\n");
        perhaps(text, () -> "controlPlaneEndpoint: '" + endpoint() + "'\n");
        perhaps(text, () -> "loadBalancerNames: " + sans() + "\n");
        perhaps(text, () -> "apiServerPort: " + (1 + random.nextInt(65535)) + "\n");
        perhaps(text, () -> "networking:\n  serviceSubnets: " + subnets() + "\n  dnsDomain: " + name() + ".local\n");
        text.append("controlPlaneNodes:\n");
        controlPlane.forEach(name -> text.append(node("", name, true)));
        perhaps(
                text,
                () -> "workers:\n" + nodes("", names("w", 1 + random.nextInt(4)))
                        + (random.nextBoolean() ? row() : ""));
        perhaps(text, this::etcd);
        perhaps(text, () -> "keyAlgorithm: " + pick(KeyAlgorithm.values()).label() + "\n");
        perhaps(text, () -> "validity: " + lifetime() + "\ncaValidity: " + lifetime() + "\n");
        perhaps(text, this::certificates);
        perhaps(
                text,
                () -> "authorities:\n  model: " + pick(CaModel.values()).label() + "\n  keysOn: "
                        + pick("[" + controlPlane.getLast() + "]", "[]", "all-control-plane-nodes") + "\n");
        for (String part : List.of("frontProxy", "kubeProxy", "kubeletServer")) {
            perhaps(text, () -> part + ": " + random.nextBoolean() + "\n");
        }
        return text.toString();
    }

    private void perhaps(StringBuilder text, Supplier<String> part) {
        if (random.nextInt(5) < 2) {
            text.append(part.get());
        }
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private String name() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789-.";
        StringBuilder name = new StringBuilder("n");
        for (int i = random.nextInt(12); i > 0; i--) {
            char next = letters.charAt(random.nextInt(letters.length()));
            boolean isSeparator = next == '-' || next == '.';
            name.append(isSeparator ? next + "x" : String.valueOf(next));
        }
        return name.append('z').toString();
    }

    private List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + i + name());
        }
        return names;
    }

    private String address(boolean v6) {
        addresses++;
        return v6
                ? "2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + "::" + addresses
                : "198.51.100." + addresses;
    }

    private String nodes(String indent, List<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(node(indent, name, random.nextBoolean())));
        return text.toString();
    }

    private String node(String indent, String name, boolean withAddress) {
        StringBuilder text =
                new StringBuilder(indent).append("- name: ").append(name).append('\n');
        if (withAddress) {
            String first = address(random.nextInt(4) == 0);
            String more = random.nextInt(3) == 0 ? ", '" + address(random.nextBoolean()) + "'" : "";
            text.append(indent)
                    .append("  addresses: ['")
                    .append(first)
                    .append("'")
                    .append(more)
                    .append("]\n");
        }
        perhaps(text, () -> indent + "  dnsNames: [" + name() + ".example.com]\n");
        return text.toString();
    }

    private String row() {
        int from = random.nextInt(100);
        return "- name: row-[" + from + "-" + (from + random.nextInt(3)) + "]\n  addresses: 192.0.2."
                + random.nextInt(200) + "\n";
    }

    private String etcd() {
        if (random.nextBoolean()) {
            return "etcd:\n  external:\n    endpoints: ['https://" + name() + ":2379']\n    caFile: /etc/etcd/ca.crt\n";
        }
        StringBuilder members = new StringBuilder("etcd:\n  members:\n");
        names("e", 1 + random.nextInt(3)).forEach(name -> members.append(node("  ", name, true)));
        return members.toString();
    }

    private String endpoint() {
        String host = pick(name() + ".example.com", "203.0.113.1", "[2001:db8::1]");
        return random.nextBoolean() ? host : host + ":" + (1 + random.nextInt(65535));
    }

    private String sans() {
        List<String> sans = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            sans.add("'"
                    + pick(name() + i + ".example.com", "*." + name() + ".org", "203.0.113." + i, "2001:db8:f::" + i)
                    + "'");
        }
        return sans.toString();
    }

    private String subnets() {
        String v4 = "10." + random.nextInt(256) + ".0.0/" + (12 + random.nextInt(16));
        String v6 = "'fd00:" + Integer.toHexString(random.nextInt(0x10000)) + "::/" + (108 + random.nextInt(16)) + "'";
        return pick("[" + v4 + "]", "[" + v6 + "]", "[" + v4 + ", " + v6 + "]", "[" + v6 + ", " + v4 + "]");
    }

    private String lifetime() {
        return pick(
                (1 + random.nextInt(100)) + "h",
                (1 + random.nextInt(4000)) + "d",
                (1 + random.nextInt(30)) + "y",
                "8760h0m0s");
    }

    private String certificates() {
        StringBuilder text = new StringBuilder("certificates:\n");
        for (CertificateName name : CertificateName.values()) {
            if (random.nextInt(6) > 0 && name != CertificateName.APISERVER) {
                continue;
            }
            StringBuilder fields = new StringBuilder();
            KeyAlgorithm algorithm = pick(KeyAlgorithm.values());
            boolean fits = algorithm != KeyAlgorithm.ED25519 || name != CertificateName.SA;
            perhaps(fields, () -> fits ? "    keyAlgorithm: " + algorithm.label() + "\n" : "");
            perhaps(fields, () -> name.isCertificate() ? "    validity: " + lifetime() + "\n" : "");
            boolean serves = name.sort() == CertificateName.Sort.SERVER;
            perhaps(fields, () -> serves ? "    extraSans: " + sans() + "\n" : "");
            text.append("  ")
                    .append(name.label())
                    .append(fields.isEmpty() ? ": {}\n" : ":\n")
                    .append(fields);
        }
        return text.toString();
    }
}
