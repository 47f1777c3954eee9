package dev.kubepki.server.registry.strategy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The two forms of DNS names that Kubernetes asks for, with its texts for what is wrong.
final class DnsNames {
    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;
    private static final String LABEL_FORM =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                    + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String SUBDOMAIN_FORM =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private DnsNames() {}

    /// What is wrong with it as one label; nothing when it is one.
    static List<String> label(String name) {
        List<String> faults = new ArrayList<>();
        if (bytes(name) > MAX_LABEL) {
            faults.add("must be no more than 63 bytes");
        }
        if (!isLabel(name)) {
            faults.add(isSubdomain(name) ? "must not contain dots" : LABEL_FORM);
        }
        return faults;
    }

    /// What is wrong with it as labels with dots between; nothing when it is that.
    static List<String> subdomain(String name) {
        List<String> faults = new ArrayList<>();
        if (bytes(name) > MAX_SUBDOMAIN) {
            faults.add("must be no more than 253 characters");
        }
        if (!isSubdomain(name)) {
            faults.add(SUBDOMAIN_FORM);
        }
        return faults;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isSubdomain(String name) {
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isLabel(name.substring(start, dot))) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(name.substring(start));
    }

    private static boolean isLabel(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean edge = i == 0 || i == name.length() - 1;
            if (!alphanumeric && (c != '-' || edge)) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
