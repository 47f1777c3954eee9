package dev.kubepki.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Large answers in gzip, for clients that take it.
final class Compression {
    private static final int WORTH_IT = 128 * 1024;
    private static final int BUFFER = 8 * 1024;

    private Compression() {}

    static Reply of(Reply reply, ApiRequest request) {
        return switch (reply) {
            case Reply.Whole whole
            when whole.body().length > WORTH_IT && isAsked(whole, request) ->
                new Reply.Whole(whole.status(), headers(whole), packed(whole.body()));
            case Reply.Pieces pieces
            when isAsked(pieces, request) ->
                new Reply.Pieces(pieces.status(), headers(pieces), out -> write(pieces, out));
            default -> reply;
        };
    }

    private static boolean isAsked(Reply reply, ApiRequest request) {
        if (reply.status() >= 400) {
            return false;
        }
        for (String coding : request.value("Accept-Encoding").split(",", -1)) {
            if (coding.strip().equals("gzip")) {
                return true;
            }
        }
        return false;
    }

    private static List<Reply.Header> headers(Reply reply) {
        List<Reply.Header> headers = new ArrayList<>(reply.headers());
        headers.add(new Reply.Header("Content-Encoding", "gzip"));
        headers.add(new Reply.Header("Vary", "Accept-Encoding"));
        return List.copyOf(headers);
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
        try (OutputStream gzip = new Quick(packed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return packed.toByteArray();
    }

    private static void write(Reply.Pieces pieces, OutputStream out) throws IOException {
        Quick gzip = new Quick(out);
        pieces.writer().write(gzip);
        gzip.finish();
    }

    /// The network is fast; the best compression is not worth its time.
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
