package dev.kubepki.server.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What names, label keys and label values may look like, and how the API words what is wrong with them.
///
/// Each rule answers with its complaints; none means that the value is right.
public final class NameRules {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_TEXT = "a lowercase RFC 1123 label must consist of lower case alphanumeric"
            + " characters or '-', and must start and end with an alphanumeric character"
            + " (e.g. 'my-name',  or '123-abc', regex used for validation is '" + LABEL + "')";
    private static final String SUBDOMAIN_TEXT = "a lowercase RFC 1123 subdomain must consist of lower case"
            + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
            + " (e.g. 'example.com', regex used for validation is '" + SUBDOMAIN + "')";
    private static final String KEY_TEXT = "must consist of alphanumeric characters, '-', '_' or '.', and must start"
            + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
            + " regex used for validation is '" + KEY + "')";
    private static final String VALUE_TEXT = "a valid label must be an empty string or consist of alphanumeric"
            + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue', "
            + " or 'my_value',  or '12345', regex used for validation is '(" + KEY + ")?')";

    private NameRules() {}

    /// What every object's name must be: one segment of a path.
    public static List<String> pathSegment(String name) {
        List<String> complaints = new ArrayList<>(0);
        if (name.equals(".") || name.equals("..")) {
            complaints.add("may not be '" + name + "'");
            return complaints;
        }
        if (name.indexOf('/') >= 0) {
            complaints.add("may not contain '/'");
        }
        if (name.indexOf('%') >= 0) {
            complaints.add("may not contain '%'");
        }
        return complaints;
    }

    /// RFC 1123 label, such as a namespace's name.
    public static List<String> dnsLabel(String value) {
        List<String> complaints = new ArrayList<>(0);
        if (value.length() > 63) {
            complaints.add(tooLong(63));
        }
        if (!isLabel(value, 0, value.length())) {
            boolean dotsOnly = isSubdomain(value);
            complaints.add(dotsOnly ? "must not contain dots" : LABEL_TEXT);
        }
        return complaints;
    }

    /// RFC 1123 subdomain, such as a service account's name.
    public static List<String> dnsSubdomain(String value) {
        List<String> complaints = new ArrayList<>(0);
        if (value.length() > 253) {
            complaints.add(tooLong(253));
        }
        if (!isSubdomain(value)) {
            complaints.add(SUBDOMAIN_TEXT);
        }
        return complaints;
    }

    /// A label's key, an annotation's, a finalizer: a name after an optional subdomain and a slash.
    public static List<String> qualifiedName(String value) {
        int slash = value.indexOf('/');
        if (slash >= 0 && value.indexOf('/', slash + 1) >= 0) {
            String text = "a valid label key " + KEY_TEXT;
            return List.of(text + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> complaints = new ArrayList<>(0);
        if (slash == 0) {
            complaints.add("prefix part must be non-empty");
        } else if (slash > 0) {
            dnsSubdomain(value.substring(0, slash)).forEach(text -> complaints.add("prefix part " + text));
        }
        int length = value.length() - slash - 1;
        if (length == 0) {
            complaints.add("name part must be non-empty");
        } else if (length > 63) {
            complaints.add("name part " + tooLong(63));
        }
        if (!isKey(value, slash + 1)) {
            complaints.add("name part " + KEY_TEXT);
        }
        return complaints;
    }

    /// An annotation's key: its case does not matter.
    static List<String> annotationKey(String value) {
        return qualifiedName(value.toLowerCase(Locale.ROOT));
    }

    /// A label's value.
    public static List<String> labelValue(String value) {
        List<String> complaints = new ArrayList<>(0);
        if (value.length() > 63) {
            complaints.add(tooLong(63));
        }
        if (!value.isEmpty() && !isKey(value, 0)) {
            complaints.add(VALUE_TEXT);
        }
        return complaints;
    }

    private static String tooLong(int limit) {
        return "must be no more than " + limit + " bytes";
    }

    private static boolean isSubdomain(String value) {
        int start = 0;
        while (true) {
            int dot = value.indexOf('.', start);
            int end = dot < 0 ? value.length() : dot;
            if (!isLabel(value, start, end)) {
                return false;
            }
            if (dot < 0) {
                return true;
            }
            start = dot + 1;
        }
    }

    private static boolean isLabel(String value, int start, int end) {
        if (start >= end || value.charAt(start) == '-' || value.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = value.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKey(String value, int start) {
        int end = value.length();
        if (start >= end || !isAlphanumeric(value.charAt(start)) || !isAlphanumeric(value.charAt(end - 1))) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
