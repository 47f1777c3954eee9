package dev.kubepki.server.registry.strategy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/// RSASSA-PSS (RFC 8017, section 8.1.2) with SHA-256, whatever the length of the salt: the verifier reads it off.
final class PssProof {
    private static final int HASH = 32;

    private PssProof() {}

    static boolean verify(RSAPublicKey key, byte[] message, byte[] signed) {
        int bits = key.getModulus().bitLength();
        int encoded = (bits - 1 + 7) / 8;
        if (signed.length != (bits + 7) / 8) {
            return false;
        }
        try {
            int salt = saltLength(key, signed, encoded, bits);
            if (salt < 0) {
                return false;
            }
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec(
                    "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, PSSParameterSpec.TRAILER_FIELD_BC));
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// From the encoded message: zeros, a one, then the salt; negative when it is none.
    private static int saltLength(RSAPublicKey key, byte[] signed, int encoded, int bits)
            throws GeneralSecurityException {
        BigInteger value = new BigInteger(1, signed);
        if (value.compareTo(key.getModulus()) >= 0) {
            return -1;
        }
        byte[] em = fixed(value.modPow(key.getPublicExponent(), key.getModulus()), encoded);
        int maskedLength = encoded - HASH - 1;
        byte[] db = mask(em, maskedLength);
        db[0] &= (byte) (0xff >>> (8 * encoded - (bits - 1)));
        for (int i = 0; i < maskedLength; i++) {
            if (db[i] == 1) {
                return maskedLength - i - 1;
            }
            if (db[i] != 0) {
                return -1;
            }
        }
        return -1;
    }

    private static byte[] mask(byte[] em, int length) throws GeneralSecurityException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] db = new byte[length];
        for (int done = 0, counter = 0; done < length; counter++) {
            sha.update(em, length, HASH);
            sha.update(
                    new byte[] {(byte) (counter >>> 24), (byte) (counter >>> 16), (byte) (counter >>> 8), (byte) counter
                    });
            byte[] block = sha.digest();
            for (int i = 0; i < block.length && done < length; i++, done++) {
                db[done] = (byte) (em[done] ^ block[i]);
            }
        }
        return db;
    }

    private static byte[] fixed(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] out = new byte[length];
        int copied = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - copied, out, length - copied, copied);
        return out;
    }
}
