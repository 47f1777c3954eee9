package dev.kubepki.server.http;

import dev.kubepki.server.registry.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// JSON put together from bytes that are there.
final class JsonPieces {
    /// Larger lists are written piece by piece, and not copied into one array first.
    private static final int WHOLE = 256 * 1024;

    private static final byte[] ITEMS = ",\"items\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "]}\n".getBytes(StandardCharsets.UTF_8);

    private JsonPieces() {}

    /// With the line feed that ends every answer.
    static byte[] line(byte[] object) {
        byte[] line = Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        return line;
    }

    /// @param head the list without its items, as a line of JSON
    static Reply list(byte[] head, List<StoredObject> items, String apiVersion) {
        int open = head.length - 2;
        long size = (long) open + ITEMS.length + END.length;
        List<byte[]> pieces = new ArrayList<>();
        for (StoredObject item : items) {
            size += item.json().length + 64L;
            if (size > WHOLE) {
                return large(head, open, items, apiVersion);
            }
            pieces.add(item.json(apiVersion, true));
        }
        int length = open + ITEMS.length + END.length + Math.max(0, pieces.size() - 1);
        for (byte[] piece : pieces) {
            length += piece.length;
        }
        byte[] whole = Arrays.copyOf(head, length);
        int at = append(whole, open, ITEMS);
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0) {
                whole[at++] = ',';
            }
            at = append(whole, at, pieces.get(i));
        }
        append(whole, at, END);
        return Reply.of(200, Reply.JSON, whole);
    }

    private static int append(byte[] to, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, to, at, bytes.length);
        return at + bytes.length;
    }

    private static Reply large(byte[] head, int open, List<StoredObject> items, String apiVersion) {
        return new Reply.Pieces(200, List.of(new Reply.Header("Content-Type", Reply.JSON)), out -> {
            out.write(head, 0, open);
            out.write(ITEMS);
            boolean first = true;
            for (StoredObject item : items) {
                if (!first) {
                    out.write(',');
                }
                out.write(item.json(apiVersion, true));
                first = false;
            }
            out.write(END);
        });
    }
}
