package dev.kubepki.pki.inspect;

import dev.kubepki.pki.inspect.Description.KeystoreEntry;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.PasswordWork;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.Pkcs12;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// PKCS#12 files and Java keystores, opened by the JDK. Private keys stay closed.
final class KeystoreReader {
    private static final byte[] JKS = HexFormat.of().parseHex("feedfeed");
    private static final byte[] JCEKS = HexFormat.of().parseHex("cececece");

    private KeystoreReader() {}

    static boolean isJavaKeystore(byte[] bytes) {
        return startsWith(bytes, JKS) || startsWith(bytes, JCEKS);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /// PFX (RFC 7292 §4): version 3, then a ContentInfo.
    static boolean isPkcs12(byte[] bytes) {
        int first = bytes[1] & 0xff;
        int at = 2 + (first > 0x80 ? first & 0x7f : 0);
        return bytes.length > at + 4
                && bytes[at] == 2
                && bytes[at + 1] == 1
                && bytes[at + 2] == 3
                && bytes[at + 3] == 0x30;
    }

    static Description java(byte[] bytes, char[] password) {
        String type = startsWith(bytes, JKS) ? "JKS" : "JCEKS";
        return open(type, type, bytes, password);
    }

    static Description pkcs12(byte[] bytes, char[] password, PasswordWork work) {
        if (password.length > 0) {
            work.spend(Pkcs12.derivationRounds(bytes));
        }
        return open("PKCS#12", "PKCS12", bytes, password);
    }

    /// Without a password Java reads what is not encrypted: all certificates of a JKS, none of most PKCS#12 files.
    private static Description open(String format, String type, byte[] bytes, char[] password) {
        char @Nullable [] secret = password.length == 0 ? null : password;
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(bytes), secret);
            return new Description.OfKeystore(format, secret != null, entries(store));
        } catch (IOException e) {
            boolean wrong = e.getCause() instanceof GeneralSecurityException;
            throw new KeyFailure(
                    wrong ? "the " + format + " password is wrong" : "is a damaged " + format + " file", e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeyFailure("is a damaged " + format + " file", e);
        }
    }

    private static List<KeystoreEntry> entries(KeyStore store) throws GeneralSecurityException {
        List<KeystoreEntry> entries = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            List<Certificate> chain = new ArrayList<>();
            java.security.cert.Certificate @Nullable [] given = store.getCertificateChain(alias);
            java.security.cert.@Nullable Certificate single = store.getCertificate(alias);
            if (given != null) {
                for (java.security.cert.Certificate each : given) {
                    chain.add(Certificate.decode(each.getEncoded()));
                }
            } else if (single != null) {
                chain.add(Certificate.decode(single.getEncoded()));
            }
            entries.add(new KeystoreEntry(alias, store.isKeyEntry(alias), List.copyOf(chain)));
        }
        return List.copyOf(entries);
    }
}
