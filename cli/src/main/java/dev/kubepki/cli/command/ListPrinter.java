package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.Style;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.Tree;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.inventory.CertificateState;
import dev.kubepki.pki.inventory.Inventory;
import dev.kubepki.pki.inventory.Inventory.Branch;
import dev.kubepki.pki.inventory.ListedCertificate;
import dev.kubepki.pki.inventory.ListedFile;
import dev.kubepki.pki.inventory.ListedReference;
import dev.kubepki.pki.inventory.ResidualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// An inventory in each of its forms.
final class ListPrinter {
    private static final String NONE = "-";
    private static final int FEW_NAMES = 2;

    private final Invocation in;
    private final Inventory inventory;
    private final Style style;

    ListPrinter(Invocation in, Inventory inventory) {
        this.in = in;
        this.inventory = inventory;
        this.style = in.style();
    }

    void print() {
        List<ListedCertificate> certificates = ordered();
        switch (in.output()) {
            case JSON ->
                in.out()
                        .print(SafeText.escapeDocument(
                                JsonWriter.indented(2).write(ListDocument.of(inventory, certificates))));
            case YAML ->
                in.out()
                        .print(SafeText.escapeDocument(
                                YamlWriter.inOrder().write(ListDocument.of(inventory, certificates))));
            case PROMETHEUS -> in.out().print(PrometheusText.of(certificates));
            case NAME -> certificates.forEach(each -> in.out().println(safe(each.name())));
            case WIDE -> {
                wide(certificates);
                rest();
            }
            case TABLE -> {
                table(certificates);
                rest();
            }
            default -> {
                tree(certificates);
                rest();
            }
        }
    }

    private List<ListedCertificate> ordered() {
        List<ListedCertificate> certificates = new ArrayList<>(inventory.certificates());
        boolean flat = in.output() == OutputFormat.TABLE || in.output() == OutputFormat.WIDE;
        switch (in.string("sort-by").orElse(flat ? "expiry" : "")) {
            // What has no end needs a look before all others.
            case "expiry" ->
                certificates.sort(Comparator.comparing(
                                (ListedCertificate each) -> each.notAfter().orElse(Instant.MIN))
                        .thenComparing(ListedCertificate::name));
            case "name" -> certificates.sort(Comparator.comparing(ListedCertificate::name));
            default -> {}
        }
        return certificates;
    }

    private void tree(List<ListedCertificate> certificates) {
        Table table = Table.of("NAME", "PURPOSE", "EXPIRES", "LEFT", "STATE", "SUBJECT", "ISSUER", "SANS");
        List<ListedCertificate> members = new ArrayList<>();
        List<ListedCertificate> others = new ArrayList<>();
        certificates.forEach(each -> (each.catalogued() ? members : others).add(each));
        trees(members).forEach(tree -> rows(table, tree));
        if (!members.isEmpty() && !others.isEmpty()) {
            rows(table, new Tree<>(new Node("other", Optional.empty()), trees(others)));
        } else {
            trees(others).forEach(tree -> rows(table, tree));
        }
        if (!table.isEmpty()) {
            table.print(in.out());
        }
    }

    /// A line of the tree: a certificate, or what stands above some.
    private record Node(String title, Optional<ListedCertificate> certificate) {}

    /// Those whose CA is not listed stand together under its name.
    private static List<Tree<Node>> trees(List<ListedCertificate> certificates) {
        List<Tree<Node>> trees = new ArrayList<>();
        Map<String, List<Tree<Node>>> strangers = new LinkedHashMap<>();
        for (Branch branch : Inventory.branches(certificates)) {
            ListedCertificate top = branch.certificate();
            boolean stranger = top.ca().isEmpty() && top.certificate().isPresent();
            if (stranger) {
                String title = "not here: " + top.issuer();
                strangers.computeIfAbsent(title, t -> new ArrayList<>()).add(tree(branch));
            } else {
                trees.add(tree(branch));
            }
        }
        strangers.forEach((title, below) -> trees.add(new Tree<>(new Node(title, Optional.empty()), below)));
        return trees;
    }

    private static Tree<Node> tree(Branch branch) {
        List<Tree<Node>> below = new ArrayList<>();
        branch.below().forEach(each -> below.add(tree(each)));
        return new Tree<>(new Node(branch.certificate().name(), Optional.of(branch.certificate())), below);
    }

    private void rows(Table table, Tree<Node> tree) {
        for (Tree.Line<Node> line : tree.lines(in.unicode())) {
            Node node = line.value();
            String name = line.branch() + safe(node.title());
            if (node.certificate().isPresent()) {
                ListedCertificate each = node.certificate().get();
                table.row(
                        name,
                        each.purpose(),
                        expires(each.notAfter()),
                        left(each.notAfter()),
                        state(each.state()),
                        orNone(each.subject()),
                        orNone(each.issuer()),
                        fewNames(each));
            } else {
                table.row(style.faint(name), "", "", "", "", "", "", "");
            }
        }
    }

    private void table(List<ListedCertificate> certificates) {
        Table table = Table.of("NAME", "PURPOSE", "EXPIRES", "LEFT", "STATE", "SUBJECT", "ISSUER", "SANS");
        for (ListedCertificate each : certificates) {
            table.row(
                    safe(each.name()),
                    each.purpose(),
                    expires(each.notAfter()),
                    left(each.notAfter()),
                    state(each.state()),
                    orNone(each.subject()),
                    orNone(each.issuer()),
                    fewNames(each));
        }
        if (!table.isEmpty()) {
            table.print(in.out());
        }
    }

    private void wide(List<ListedCertificate> certificates) {
        Table table = Table.of(
                "NAME", "PURPOSE", "EXPIRES", "LEFT", "STATE", "SUBJECT", "ISSUER", "CA", "SANS", "SERIAL", "KEY",
                "USAGES", "FILE", "MODE", "SHA256");
        for (ListedCertificate each : certificates) {
            List<String> usages = new ArrayList<>(each.usages());
            usages.addAll(each.extendedUsages());
            table.row(
                    safe(each.name()),
                    each.purpose(),
                    expires(each.notAfter()),
                    left(each.notAfter()),
                    state(each.state()),
                    orNone(each.subject()),
                    orNone(each.issuer()),
                    orNone(each.ca()),
                    orNone(String.join(",", each.names())),
                    orNone(each.serial()),
                    orNone(each.keyAlgorithm()),
                    orNone(String.join(",", usages)),
                    safe(each.file()),
                    mode(each.mode()),
                    orNone(each.fingerprint()));
        }
        if (!table.isEmpty()) {
            table.print(in.out());
        }
    }

    private void rest() {
        boolean printed = !inventory.certificates().isEmpty();
        Table problems = Table.of("FILE", "WHAT IS WRONG");
        for (ListedCertificate each : inventory.certificates()) {
            if (!each.problem().isEmpty()) {
                problems.row(safe(each.file()), safe(each.problem()));
            }
        }
        if (!problems.isEmpty()) {
            gap(printed);
            problems.print(in.out());
        }
        if (!inventory.references().isEmpty()) {
            gap(printed);
            references();
            printed = true;
        }
        if (!inventory.files().isEmpty()) {
            gap(printed);
            files();
            printed = true;
        }
        if (!printed && !in.quiet()) {
            in.err().println("note: no certificates, keys or manifests were found");
        }
    }

    private void gap(boolean wanted) {
        if (wanted) {
            in.out().println();
        }
    }

    private void references() {
        Table table = Table.of("MANIFEST", "FLAG", "PATH", "EXPIRES", "LEFT", "STATE", "HOLDS");
        for (ListedReference each : inventory.references()) {
            table.row(
                    safe(each.manifest()),
                    safe(each.flag()),
                    safe(each.path()),
                    expires(each.notAfter()),
                    left(each.notAfter()),
                    state(each.state()),
                    orNone(each.holds()));
        }
        table.print(in.out());
    }

    private void files() {
        Table table = Table.of("OTHER FILE", "HOLDS", "KEY OF");
        for (ListedFile each : inventory.files()) {
            String what =
                    each.problem().isEmpty() ? safe(each.what()) : style.red(safe(each.what() + ": " + each.problem()));
            table.row(safe(each.file()), what, orNone(String.join(", ", each.matches())));
        }
        table.print(in.out());
    }

    private static String expires(Optional<Instant> end) {
        return end.map(Instant::toString).orElse(NONE);
    }

    private String left(Optional<Instant> end) {
        return end.map(e -> ResidualTime.of(Duration.between(inventory.look().now(), e)))
                .orElse(NONE);
    }

    private String state(CertificateState state) {
        return switch (state) {
            case OK -> style.green(state.label());
            case EXPIRES_SOON -> style.yellow(state.label());
            default -> style.red(state.label());
        };
    }

    private static String fewNames(ListedCertificate each) {
        List<String> names = each.names();
        int more = names.size() - FEW_NAMES;
        return more > 0
                ? safe(String.join(",", names.subList(0, FEW_NAMES))) + ",+" + more
                : orNone(String.join(",", names));
    }

    private static String mode(OptionalInt mode) {
        return mode.isPresent() ? "0" + Integer.toOctalString(mode.getAsInt()) : NONE;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : safe(text);
    }

    private static String safe(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return SafeText.escape(text);
            }
        }
        return text;
    }
}
