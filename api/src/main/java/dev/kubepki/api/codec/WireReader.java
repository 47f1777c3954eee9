package dev.kubepki.api.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.function.Consumer;

/// Reads the parts of protobuf messages. Whatever is wrong with the bytes is a [DecodeFailure].
final class WireReader {
    private static final int MAX_DEPTH = 128;

    private final CodedInputStream in;
    private int tag;
    private int depth;

    WireReader(byte[] bytes) {
        in = CodedInputStream.newInstance(bytes);
        in.enableAliasing(true);
    }

    /// Goes to the next field; false at the message's end.
    boolean next() {
        try {
            tag = in.readTag();
            return tag != 0;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    int number() {
        return WireFormat.getTagFieldNumber(tag);
    }

    /// Whether the field is length-delimited: text, bytes, a message, or packed numbers.
    boolean delimited() {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    void skip() {
        try {
            if (!in.skipField(tag)) {
                throw DecodeFailure.type("proto: unexpected end of group");
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    long varint(String field) {
        expect(WireFormat.WIRETYPE_VARINT, field);
        return packed();
    }

    /// A number inside of packed ones.
    long packed() {
        try {
            return in.readRawVarint64();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    double fixed64(String field) {
        expect(WireFormat.WIRETYPE_FIXED64, field);
        try {
            return in.readDouble();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    byte[] bytes(String field) {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, field);
        try {
            return in.readByteArray();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    String text(String field) {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, field);
        try {
            ByteString bytes = in.readBytes();
            if (!bytes.isValidUtf8()) {
                throw DecodeFailure.type("proto: field " + field + " contains invalid UTF-8");
            }
            return bytes.toStringUtf8();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// Reads the fields of a message inside: `each` is called once a field and must read or skip it.
    void message(String field, Consumer<WireReader> each) {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, field);
        if (++depth > MAX_DEPTH) {
            throw DecodeFailure.type("proto: exceeded max depth");
        }
        try {
            int end = in.pushLimit(in.readRawVarint32());
            while (next()) {
                each.accept(this);
            }
            in.checkLastTagWas(0);
            in.popLimit(end);
        } catch (IOException e) {
            throw failure(e);
        }
        depth--;
    }

    /// Reads packed numbers: `each` is called while some are left.
    void packed(Consumer<WireReader> each) {
        try {
            int end = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                each.accept(this);
            }
            in.popLimit(end);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void expect(int type, String field) {
        int given = WireFormat.getTagWireType(tag);
        if (given != type) {
            throw DecodeFailure.type("proto: wrong wireType = " + given + " for field " + field);
        }
    }

    private static DecodeFailure failure(IOException e) {
        // Bytes in memory fail by their contents alone.
        boolean cut = e instanceof InvalidProtocolBufferException
                && String.valueOf(e.getMessage()).contains("ended");
        return DecodeFailure.type(cut ? "unexpected EOF" : "proto: illegal message");
    }
}
