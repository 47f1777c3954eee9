package dev.kubepki.server.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// PEM blocks as Go's decoder finds them: what does not parse is passed over, and so is all text around.
///
/// Clients and kube-apiserver use that decoder; the file reader of this program is stricter, which suits files.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PemBlock(String type, boolean hasHeaders, byte[] der) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// All blocks, or the first `limit` of them.
    public static List<PemBlock> read(byte[] text, int limit) {
        List<PemBlock> blocks = new ArrayList<>();
        String rest = new String(text, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (blocks.size() < limit) {
            int begin = lineThatBegins(rest, BEGIN, at);
            if (begin < 0) {
                break;
            }
            at = block(rest, begin, blocks);
        }
        return blocks;
    }

    /// Adds the block that begins there, if it is one; where to look for the next.
    private static int block(String text, int begin, List<PemBlock> blocks) {
        int typeEnd = endOfLine(text, begin);
        String mark = text.substring(begin + BEGIN.length(), typeEnd).stripTrailing();
        if (!mark.endsWith(DASHES)) {
            return begin + BEGIN.length();
        }
        String type = mark.substring(0, mark.length() - DASHES.length());
        int body = Math.min(typeEnd + 1, text.length());
        boolean headers = false;
        while (true) {
            int line = endOfLine(text, body);
            int colon = text.indexOf(':', body);
            if (colon < 0 || colon >= line) {
                break;
            }
            headers = true;
            body = Math.min(line + 1, text.length());
        }
        int end = lineThatBegins(text, END, body);
        if (end < 0) {
            return text.length();
        }
        int endLine = endOfLine(text, end);
        if (text.substring(end + END.length(), endLine).stripTrailing().equals(type + DASHES)) {
            decode(text.substring(body, end), type, headers, blocks);
            return endLine;
        }
        return begin + BEGIN.length();
    }

    private static void decode(String body, String type, boolean headers, List<PemBlock> blocks) {
        StringBuilder base64 = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                base64.append(c);
            }
        }
        try {
            blocks.add(new PemBlock(type, headers, Base64.getDecoder().decode(base64.toString())));
        } catch (IllegalArgumentException e) {
            // Not base64: no block, as Go sees it.
            return;
        }
    }

    private static int lineThatBegins(String text, String mark, int from) {
        if (text.startsWith(mark, from) && (from == 0 || text.charAt(from - 1) == '\n')) {
            return from;
        }
        int found = text.indexOf("\n" + mark, from);
        return found < 0 ? -1 : found + 1;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
