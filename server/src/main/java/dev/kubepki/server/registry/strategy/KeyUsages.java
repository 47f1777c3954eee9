package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.DUPLICATE;
import static dev.kubepki.api.failure.FieldError.Type.NOT_SUPPORTED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The usages that a request may ask for.
final class KeyUsages {
    private static final TreeSet<String> KNOWN = new TreeSet<>(List.of(
            "signing",
            "digital signature",
            "content commitment",
            "key encipherment",
            "key agreement",
            "data encipherment",
            "cert sign",
            "crl sign",
            "encipher only",
            "decipher only",
            "any",
            "server auth",
            "client auth",
            "code signing",
            "email protection",
            "s/mime",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "timestamping",
            "ocsp signing",
            "microsoft sgc",
            "netscape sgc"));
    private static final String SUPPORTED =
            KNOWN.stream().map(Rendering::quote).collect(Collectors.joining(", ", "supported values: ", ""));

    private KeyUsages() {}

    static List<FieldError> unknown(List<String> usages, String field) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < usages.size(); i++) {
            if (!KNOWN.contains(usages.get(i))) {
                errors.add(
                        FieldError.of(NOT_SUPPORTED, field + "[" + i + "]", Rendering.quote(usages.get(i)), SUPPORTED));
            }
        }
        return errors;
    }

    static List<FieldError> repeated(List<String> usages, String field) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < usages.size(); i++) {
            if (!seen.add(usages.get(i))) {
                errors.add(FieldError.of(DUPLICATE, field + "[" + i + "]", Rendering.quote(usages.get(i)), ""));
            }
        }
        return errors;
    }
}
