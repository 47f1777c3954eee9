package dev.kubepki.pki.exchange;

import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.DistinguishedName.Attribute;
import java.util.ArrayList;
import java.util.List;

/// Names as people type them: `/CN=jane/O=dev` as for openssl, or `CN=jane,O=dev`. The order stays as written.
public final class SubjectText {
    private final String text;
    private final char separator;
    private int position;

    private SubjectText(String text) {
        this.text = text;
        this.separator = text.startsWith("/") ? '/' : ',';
        this.position = separator == '/' ? 1 : 0;
    }

    /// Reads a name. A backslash takes the meaning from the sign behind it; `+` puts two attributes into one part.
    ///
    /// @throws ExchangeFailure where a part is no attribute
    public static DistinguishedName parse(String text) {
        return new SubjectText(text.strip()).name();
    }

    private DistinguishedName name() {
        List<List<Attribute>> rdns = new ArrayList<>();
        while (position < text.length()) {
            List<Attribute> rdn = new ArrayList<>();
            boolean more = true;
            while (more) {
                rdn.add(attribute());
                more = position < text.length() && text.charAt(position) == '+';
                position++;
            }
            rdns.add(rdn);
        }
        if (rdns.isEmpty()) {
            throw new ExchangeFailure("the subject '" + text + "' is empty; write it as /CN=name/O=group");
        }
        try {
            return DistinguishedName.ofRdns(rdns);
        } catch (IllegalArgumentException e) {
            throw new ExchangeFailure("the subject '" + text + "' can't be encoded: " + e.getMessage(), e);
        }
    }

    private Attribute attribute() {
        String type = token(true).strip();
        if (position >= text.length() || text.charAt(position) != '=') {
            throw new ExchangeFailure(
                    "the subject '" + text + "' has the part '" + type + "' without '='; write it as /CN=name/O=group");
        }
        position++;
        String value = token(false);
        String oid = DistinguishedName.oidOf(type)
                .orElseThrow(() -> new ExchangeFailure(
                        "the subject's '" + type + "' is no attribute that is known here; CN, O and OU are"));
        if (value.isEmpty()) {
            throw new ExchangeFailure("the subject's " + type + " is empty");
        }
        return new Attribute(oid, separator == ',' ? value.strip() : value);
    }

    private String token(boolean type) {
        StringBuilder token = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == separator || c == '+' || (type && c == '=')) {
                break;
            }
            if (c == '\\' && position + 1 < text.length()) {
                position++;
                c = text.charAt(position);
            }
            token.append(c);
            position++;
        }
        return token.toString();
    }
}
