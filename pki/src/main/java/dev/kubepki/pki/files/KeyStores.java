package dev.kubepki.pki.files;

import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;

/// Makes the bytes of PKCS#12 and JKS files that keytool, Java programs and `openssl pkcs12` read. Write those with a
/// key with [FileMode#OWNER_ONLY].
public final class KeyStores {
    private KeyStores() {}

    /// A PKCS#12 file with one key and its chain.
    ///
    /// @param alias the entry's name; the `friendlyName` for openssl
    /// @param chain the key's certificate first, then each one's issuer; the root may be left out
    /// @throws KeyStoreFailure where the chain is not one, or not this key's
    public static byte[] pkcs12(String alias, SigningKey key, List<Certificate> chain, KeyStorePassword password) {
        return withKey(KeyStoreType.PKCS12, alias, key, chain, password);
    }

    /// A JKS file with one key and its chain; store and key have the same password.
    ///
    /// @param chain as for [#pkcs12]
    /// @throws KeyStoreFailure where the chain is not one, or not this key's
    public static byte[] jks(String alias, SigningKey key, List<Certificate> chain, KeyStorePassword password) {
        return withKey(KeyStoreType.JKS, alias, key, chain, password);
    }

    /// A file with trusted certificates only, each under its alias. In PKCS#12 every one carries the mark without which
    /// Java would not trust it.
    public static byte[] trust(KeyStoreType type, Map<String, Certificate> byAlias, KeyStorePassword password) {
        try {
            KeyStore store = empty(type);
            for (Map.Entry<String, Certificate> entry : byAlias.entrySet()) {
                store.setCertificateEntry(entry.getKey(), entry.getValue().jca());
            }
            return encode(store, password);
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("the " + type.jcaName() + " truststore could not be made", e);
        }
    }

    private static byte[] withKey(
            KeyStoreType type, String alias, SigningKey key, List<Certificate> chain, KeyStorePassword password) {
        checkChain(key, chain);
        java.security.cert.Certificate[] certificates =
                chain.stream().map(Certificate::jca).toArray(java.security.cert.Certificate[]::new);
        try {
            KeyStore store = empty(type);
            store.setKeyEntry(alias, key.jcaKey(), password.reveal(), certificates);
            return encode(store, password);
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("the " + type.jcaName() + " keystore could not be made", e);
        }
    }

    private static void checkChain(SigningKey key, List<Certificate> chain) {
        if (chain.isEmpty() || !key.matches(chain.getFirst().publicKey())) {
            throw new KeyStoreFailure("the private key does not belong to the first certificate");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).issuer().equals(chain.get(i).subject())) {
                throw new KeyStoreFailure("certificate " + (i + 1) + " of the chain, '"
                        + chain.get(i).subject() + "', did not issue the one before it");
            }
        }
    }

    private static KeyStore empty(KeyStoreType type) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(type.jcaName());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty keystore reads nothing", e);
        }
        return store;
    }

    /// The file's bytes.
    public static byte[] encode(KeyStore store, KeyStorePassword password) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            store.store(bytes, password.reveal());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyStoreFailure("the keystore could not be written", e);
        }
        return bytes.toByteArray();
    }
}
