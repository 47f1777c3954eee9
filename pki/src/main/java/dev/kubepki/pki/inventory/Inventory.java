package dev.kubepki.pki.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was found.
///
/// @param certificates those of a set in the catalogue's order, then others by file
/// @param files keys, requests and other parts of a PKI
/// @param references what manifests and component configurations name
/// @param notes what was left out, a sentence each
public record Inventory(
        Look look,
        List<ListedCertificate> certificates,
        List<ListedFile> files,
        List<ListedReference> references,
        List<String> notes) {
    /// Copies the lists.
    public Inventory {
        certificates = List.copyOf(certificates);
        files = List.copyOf(files);
        references = List.copyOf(references);
        notes = List.copyOf(notes);
    }

    /// One certificate with those that it signed.
    public record Branch(ListedCertificate certificate, List<Branch> below) {}

    /// The certificates that no listed CA signed, each with what hangs below it, in the order of a list.
    public static List<Branch> branches(List<ListedCertificate> certificates) {
        Map<String, ListedCertificate> byName = new LinkedHashMap<>();
        certificates.forEach(each -> byName.put(each.name(), each));
        Map<String, List<ListedCertificate>> signed = new LinkedHashMap<>();
        List<ListedCertificate> tops = new ArrayList<>();
        for (ListedCertificate each : certificates) {
            if (each.ca().equals(each.name()) || !byName.containsKey(each.ca())) {
                tops.add(each);
            } else {
                signed.computeIfAbsent(each.ca(), ca -> new ArrayList<>()).add(each);
            }
        }
        Set<String> seen = new HashSet<>();
        List<Branch> branches = new ArrayList<>();
        tops.forEach(top -> branches.add(branch(top, signed, seen)));
        // CAs that signed each other hang below nothing.
        for (ListedCertificate each : certificates) {
            if (!seen.contains(each.name())) {
                branches.add(branch(each, signed, seen));
            }
        }
        return branches;
    }

    private static Branch branch(
            ListedCertificate certificate, Map<String, List<ListedCertificate>> signed, Set<String> seen) {
        seen.add(certificate.name());
        List<Branch> below = new ArrayList<>();
        for (ListedCertificate each : signed.getOrDefault(certificate.name(), List.of())) {
            if (!seen.contains(each.name())) {
                below.add(branch(each, signed, seen));
            }
        }
        return new Branch(certificate, below);
    }

    /// Whether anything listed ends within this time, has ended, is missing or can't be read.
    public boolean failsWithin(Duration time) {
        for (ListedCertificate each : certificates) {
            if (each.failsWithin(time, look.now())) {
                return true;
            }
        }
        for (ListedReference each : references) {
            boolean ends = each.notAfter()
                    .map(end -> Duration.between(look.now(), end).compareTo(time) <= 0)
                    .orElse(false);
            if (ends || !each.state().isValid()) {
                return true;
            }
        }
        return false;
    }
}
