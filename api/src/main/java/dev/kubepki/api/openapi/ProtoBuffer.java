package dev.kubepki.api.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Bytes of a protobuf message, of the few types that OpenAPI's messages need. Empty text and false are left out.
final class ProtoBuffer {
    private static final int VARINT = 0;
    private static final int DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoBuffer text(int number, String text) {
        if (!text.isEmpty()) {
            bytes(number, text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    ProtoBuffer flag(int number, boolean value) {
        if (value) {
            varint(number << 3 | VARINT);
            varint(1);
        }
        return this;
    }

    /// A message inside, which may be empty.
    ProtoBuffer message(int number, Consumer<ProtoBuffer> fields) {
        ProtoBuffer inner = new ProtoBuffer();
        fields.accept(inner);
        bytes(number, inner.out.toByteArray());
        return this;
    }

    /// A member of a map: a message of a name and a value.
    ProtoBuffer named(int number, String name, Consumer<ProtoBuffer> value) {
        return message(number, member -> member.text(1, name).message(2, value));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void bytes(int number, byte[] bytes) {
        varint(number << 3 | DELIMITED);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private void varint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
