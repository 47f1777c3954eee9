package dev.kubepki.server.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Texts as Warning headers (RFC 9111 §5.5), with the limits that kube-apiserver sets.
final class Warnings {
    private static final int TOGETHER = 4096;
    private static final int CUT = 256;

    private Warnings() {}

    /// One header for each text. When all of them are too long together, each is cut, and those that still don't fit
    /// are
    /// left out.
    static List<String> headers(Collection<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        int length = texts.stream().mapToInt(String::length).sum();
        List<String> headers = new ArrayList<>(texts.size());
        int sum = 0;
        for (String text : texts) {
            String kept = length > TOGETHER && text.length() > CUT ? text.substring(0, CUT) : text;
            sum += kept.length();
            if (sum > TOGETHER) {
                break;
            }
            headers.add("299 - \"" + quoted(kept) + "\"");
        }
        return headers;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            if (c >= ' ' && c < 0x7f) {
                quoted.append(c);
            }
        }
        return quoted.toString();
    }
}
