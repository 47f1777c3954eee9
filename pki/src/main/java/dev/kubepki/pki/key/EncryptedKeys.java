package dev.kubepki.pki.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Private keys under a password: PKCS#8 (RFC 5958 with RFC 8018), and the older form with `DEK-Info` headers.
final class EncryptedKeys {
    private static final String WRONG = "the private key can't be opened: wrong password, or the file is damaged";

    private EncryptedKeys() {}

    static SigningKey read(Pem block, char[] password) {
        return block.type().equals("ENCRYPTED PRIVATE KEY") ? pkcs8(block.der(), password) : legacy(block, password);
    }

    /// A private key as `ENCRYPTED PRIVATE KEY`: PBES2 with AES-256-CBC and HMAC-SHA-256, as OpenSSL 3 writes it.
    static Pem encrypt(SigningKey key, char[] password) {
        String scheme = "PBEWithHmacSHA256AndAES_256";
        try {
            Cipher cipher = Cipher.getInstance(scheme);
            SecretKey secret = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password));
            cipher.init(Cipher.ENCRYPT_MODE, secret);
            byte[] sealed = cipher.doFinal(KeyPem.encodePkcs8(key).der());
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            return Pem.of("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, sealed).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFailure("the private key can't be encrypted", e);
        }
    }

    private static SigningKey pkcs8(byte[] der, char[] password) {
        new PasswordWork().spend(DerivationRounds.of(der));
        try {
            EncryptedPrivateKeyInfo sealed = new EncryptedPrivateKeyInfo(der);
            String oneStep = DerivationRounds.oneStepName(der);
            String scheme = oneStep.isEmpty() ? String.valueOf(sealed.getAlgParameters()) : oneStep;
            SecretKey key = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password));
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(Cipher.DECRYPT_MODE, key, sealed.getAlgParameters());
            return PrivateKeys.fromPkcs8(sealed.getKeySpec(cipher).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFailure(WRONG, e);
        }
    }

    /// `DEK-Info: AES-256-CBC,<iv>`: OpenSSL's own key derivation, one round of MD5, salted by the first 8 bytes of the
    /// IV.
    private static SigningKey legacy(Pem block, char[] password) {
        String[] info = dekInfo(block.headers());
        String cipherName = info[0].toUpperCase(Locale.ROOT);
        int keyLength = switch (cipherName) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default -> throw new KeyFailure("keys encrypted with " + info[0] + " are not supported");
        };
        try {
            byte[] iv = HexFormat.of().parseHex(info[1]);
            byte[] key = derive(new String(password).getBytes(StandardCharsets.UTF_8), iv, keyLength);
            boolean des = cipherName.startsWith("DES");
            Cipher cipher = Cipher.getInstance(des ? "DESede/CBC/PKCS5Padding" : "AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, des ? "DESede" : "AES"), new IvParameterSpec(iv));
            byte[] plain = cipher.doFinal(block.der());
            return KeyPem.readPrivateKey(Pem.of(block.type(), plain), Optional.empty());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyFailure(WRONG, e);
        }
    }

    private static String[] dekInfo(List<String> headers) {
        for (String header : headers) {
            if (header.startsWith("DEK-Info:")) {
                String[] parts = header.substring("DEK-Info:".length()).strip().split(",", 2);
                if (parts.length == 2) {
                    return parts;
                }
            }
        }
        throw new KeyFailure("the encrypted private key has no DEK-Info header");
    }

    private static byte[] derive(byte[] password, byte[] iv, int length) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[0];
        byte[] block = new byte[0];
        while (key.length < length) {
            md5.update(block);
            md5.update(password);
            md5.update(iv, 0, 8);
            block = md5.digest();
            key = Arrays.copyOf(key, key.length + block.length);
            System.arraycopy(block, 0, key, key.length - block.length, block.length);
        }
        return Arrays.copyOf(key, length);
    }
}
