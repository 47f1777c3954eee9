package dev.kubepki.server;

import dev.kubepki.server.request.CsrState;
import java.nio.charset.StandardCharsets;

/// Finds signer and state in the stored JSON of a request, without reading all of it as a tree. Keys stand in a fixed
/// order there, spec before status, and quotes inside of values are escaped.
final class CsrScan {
    private static final byte[] SPEC = bytes(",\"spec\":{");
    private static final byte[] SIGNER = bytes("\"signerName\":\"");
    private static final byte[] STATUS = bytes("\"status\":{");
    private static final byte[] CERTIFICATE = bytes("\"certificate\":\"");
    private static final byte[] DENIED = bytes("\"type\":\"Denied\"");
    private static final byte[] FAILED = bytes("\"type\":\"Failed\"");
    private static final byte[] APPROVED = bytes("\"type\":\"Approved\"");

    private CsrScan() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when it has none.
    static String signer(byte[] json) {
        int spec = find(json, SPEC, 0);
        int at = spec < 0 ? -1 : find(json, SIGNER, spec);
        if (at < 0) {
            return "";
        }
        int start = at + SIGNER.length;
        int end = start;
        while (end < json.length && json[end] != '"') {
            end++;
        }
        return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    static CsrState state(byte[] json) {
        int spec = find(json, SPEC, 0);
        int status = last(json, STATUS, Math.max(spec, 0));
        if (status < 0) {
            return CsrState.PENDING;
        }
        if (find(json, CERTIFICATE, status) >= 0) {
            return CsrState.ISSUED;
        }
        if (find(json, DENIED, status) >= 0) {
            return CsrState.DENIED;
        }
        if (find(json, FAILED, status) >= 0) {
            return CsrState.FAILED;
        }
        return find(json, APPROVED, status) >= 0 ? CsrState.APPROVED : CsrState.PENDING;
    }

    private static int find(byte[] in, byte[] what, int from) {
        for (int i = from; i <= in.length - what.length; i++) {
            if (isAt(in, what, i)) {
                return i;
            }
        }
        return -1;
    }

    private static int last(byte[] in, byte[] what, int from) {
        for (int i = in.length - what.length; i >= from; i--) {
            if (isAt(in, what, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] in, byte[] what, int at) {
        for (int i = 0; i < what.length; i++) {
            if (in[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }
}
