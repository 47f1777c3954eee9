package dev.kubepki.server.registry;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where the parts of a stored object's JSON begin:
/// `{"kind":"K","apiVersion":"V","metadata":{"name":"n","uid":"u", …`.
///
/// @param version where the text of apiVersion begins, behind the quote
/// @param metadata the first byte inside the braces of metadata
/// @param splice where a resourceVersion belongs: behind name, generateName, namespace, selfLink and uid
/// @param end behind the closing quote of apiVersion
record Layout(int version, int end, int metadata, int splice) {
    private static final byte[] KIND = ascii("{\"kind\":\"");
    private static final byte[] API_VERSION = ascii("\",\"apiVersion\":\"");
    private static final byte[] METADATA = ascii("\",\"metadata\":{");
    private static final byte[][] BEFORE = {
        ascii("\"name\":\""),
        ascii("\"generateName\":\""),
        ascii("\"namespace\":\""),
        ascii("\"selfLink\":\""),
        ascii("\"uid\":\"")
    };

    /// Null when the text is of another shape, as another server may have written it.
    static @Nullable Layout of(byte[] json) {
        if (!at(json, 0, KIND)) {
            return null;
        }
        int kindEnd = textEnd(json, KIND.length);
        if (kindEnd < 0 || !at(json, kindEnd, API_VERSION)) {
            return null;
        }
        int version = kindEnd + API_VERSION.length;
        int end = textEnd(json, version);
        if (end < 0 || !at(json, end, METADATA)) {
            return null;
        }
        int metadata = end + METADATA.length;
        int splice = splice(json, metadata);
        return splice < 0 ? null : new Layout(version, end, metadata, splice);
    }

    /// The bytes up to metadata's inside, in the version given.
    byte[] head(byte[] json, String apiVersion) {
        byte[] text = apiVersion.getBytes(StandardCharsets.UTF_8);
        int rest = metadata - end;
        byte[] head = new byte[version + text.length + rest];
        System.arraycopy(json, 0, head, 0, version);
        System.arraycopy(text, 0, head, version, text.length);
        System.arraycopy(json, end, head, version + text.length, rest);
        return head;
    }

    /// The member to put in at `splice`; it stands behind `uid`, so the comma is in front of it.
    byte[] member(long revision) {
        return ascii(",\"resourceVersion\":\"" + revision + "\"");
    }

    /// Behind the last of the fields that stand before resourceVersion; negative when there is none.
    private static int splice(byte[] json, int start) {
        int position = start;
        int result = -1;
        for (byte[] member : BEFORE) {
            if (at(json, position, member)) {
                int end = textEnd(json, position + member.length);
                if (end < 0) {
                    return -1;
                }
                result = end + 1;
                position = result < json.length && json[result] == ',' ? result + 1 : result;
            }
        }
        return result;
    }

    /// The closing quote of a text; negative when it holds escapes or does not end.
    private static int textEnd(byte[] json, int start) {
        for (int i = start; i < json.length; i++) {
            if (json[i] == '"') {
                return i;
            }
            if (json[i] == '\\') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean at(byte[] json, int position, byte[] expected) {
        if (position + expected.length > json.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (json[position + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
