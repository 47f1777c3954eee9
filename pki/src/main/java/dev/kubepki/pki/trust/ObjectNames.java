package dev.kubepki.pki.trust;

import java.util.regex.Pattern;

/// The rules for names in Kubernetes that a manifest must keep (k8s.io/apimachinery `validation` and
/// k8s.io/kubernetes `pkg/apis/certificates/validation`).
final class ObjectNames {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SUBDOMAIN = 253;
    private static final int LONGEST_SIGNER = 571;

    private ObjectNames() {}

    static String subdomain(String what, String name) {
        if (name.length() > LONGEST_SUBDOMAIN || !DNS_SUBDOMAIN.matcher(name).matches()) {
            throw new TrustFailure(what + " '" + name
                    + "' is no Kubernetes name: lower-case letters, digits, '-' and '.', at most 253 of them, letter or"
                    + " digit at both ends");
        }
        return name;
    }

    static String namespace(String name) {
        if (name.length() > LONGEST_LABEL || !DNS_LABEL.matcher(name).matches()) {
            throw new TrustFailure("the namespace '" + name
                    + "' is no Kubernetes name: lower-case letters, digits and '-', at most 63 of them, letter or digit"
                    + " at both ends");
        }
        return name;
    }

    static String dataKey(String key) {
        if (key.length() > LONGEST_SUBDOMAIN
                || !DATA_KEY.matcher(key).matches()
                || key.equals(".")
                || key.startsWith("..")) {
            throw new TrustFailure("the key '" + key
                    + "' is no file name for a ConfigMap: letters, digits, '-', '_' and '.', not '.' alone and no '..'"
                    + " in front");
        }
        return key;
    }

    /// `domain/path`, the domain with at least one dot.
    static String signer(String name) {
        int slash = name.indexOf('/');
        String domain = slash < 0 ? "" : name.substring(0, slash);
        String path = name.substring(slash + 1);
        if (name.length() > LONGEST_SIGNER
                || !domain.contains(".")
                || !DNS_SUBDOMAIN.matcher(domain).matches()
                || !DNS_SUBDOMAIN.matcher(path).matches()) {
            throw new TrustFailure(
                    "the signer name '" + name + "' is not of the form domain/path, such as example.com/my-signer");
        }
        return name;
    }
}
