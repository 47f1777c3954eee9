package dev.kubepki.server.http;

import java.nio.charset.StandardCharsets;

/// One event as a line of JSON.
final class JsonFrame {
    private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OBJECT = "\",\"object\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);

    private JsonFrame() {}

    /// @param object as JSON, with or without a line feed at its end
    static byte[] of(String type, byte[] object) {
        int length = object.length > 0 && object[object.length - 1] == '\n' ? object.length - 1 : object.length;
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[TYPE.length + name.length + OBJECT.length + length + END.length];
        int at = append(frame, 0, TYPE, TYPE.length);
        at = append(frame, at, name, name.length);
        at = append(frame, at, OBJECT, OBJECT.length);
        at = append(frame, at, object, length);
        append(frame, at, END, END.length);
        return frame;
    }

    private static int append(byte[] to, int at, byte[] bytes, int length) {
        System.arraycopy(bytes, 0, to, at, length);
        return at + length;
    }
}
