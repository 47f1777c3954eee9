package dev.kubepki.pki.x509;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;

/// The seam to the ASN.1 library's many ways to fail.
final class Asn1 {
    /// No certificate of a cluster comes near; a larger one is an attack on memory.
    static final int MAX_BYTES = 1 << 20;

    private Asn1() {}

    static <T> T decode(String what, Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (X509Failure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new X509Failure(what + " can't be read: " + reason(e), e);
        } catch (StackOverflowError e) {
            throw new X509Failure(what + " can't be read: its DER is nested too deeply", e);
        }
    }

    /// The bytes of a bit string; empty where its bits don't fill the last one, as no signature's do.
    static Optional<byte[]> wholeBytes(ASN1BitString bits) {
        return bits.getPadBits() == 0 ? Optional.of(bits.getOctets()) : Optional.empty();
    }

    /// The library refuses two things that are sound DER. Its other words are for programmers.
    private static String reason(RuntimeException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.startsWith("repeated extension found")) {
            return "it has an extension twice (" + words.substring(words.lastIndexOf(' ') + 1) + ")";
        }
        return words.contains("issuer cannot be empty") ? "its issuer's name is empty" : "its DER is damaged";
    }

    static byte[] der(ASN1Object object) {
        try {
            return object.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new X509Failure("an ASN.1 value can't be encoded", e);
        }
    }

    /// The first value inside the outer SEQUENCE, byte for byte: what was signed, however it was encoded.
    static byte[] firstOfSequence(byte[] der) {
        int content = headerEnd(der, 0);
        int valueStart = headerEnd(der, content);
        int length = length(der, content);
        if (length < 0 || length > der.length - valueStart) {
            throw new X509Failure("the DER is cut off");
        }
        return Arrays.copyOfRange(der, content, valueStart + length);
    }

    /// Whether exactly one value fills the bytes, with a definite length.
    static boolean isOneValue(byte[] der) {
        return der.length >= 2 && (der[1] & 0xff) != 0x80 && headerEnd(der, 0) + length(der, 0) == der.length;
    }

    private static int headerEnd(byte[] der, int at) {
        if (at + 2 > der.length) {
            throw new X509Failure("the DER is cut off");
        }
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 3 || at + 2 + count > der.length) {
            throw new X509Failure("the DER has an impossible length");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }
}
