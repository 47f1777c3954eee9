package dev.kubepki.pki.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The password of a PKCS#12 or JKS file. It is never printed; [#reveal] is the one way out.
public final class KeyStorePassword {
    /// keytool refuses shorter ones for a file that it opens to write.
    private static final int LEAST = 6;

    private static final int GENERATED = 24;
    // Without 0, O, 1, l and I, which people mistake for one another; 24 of these 57 are 139 bits.
    private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private final char[] characters;

    private KeyStorePassword(char[] characters) {
        this.characters = characters;
    }

    /// The one that Java's own `cacerts` has, and that everybody knows: for files without a secret only.
    public static KeyStorePassword commonForTrust() {
        return new KeyStorePassword("changeit".toCharArray());
    }

    /// A password for a new file.
    ///
    /// @throws KeyStoreFailure for one that keytool or openssl could not open afterwards
    public static KeyStorePassword of(String text) {
        if (text.length() < LEAST) {
            throw new KeyStoreFailure("the password is shorter than 6 characters, which keytool refuses");
        }
        // RFC 7292 appendix B.1 wants UTF-16; openssl hands on the bytes of the locale, so that the two differ here.
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new KeyStoreFailure(
                    "the password has a character outside of printable ASCII, which keytool and openssl read"
                            + " differently");
        }
        return new KeyStorePassword(text.toCharArray());
    }

    /// A password for opening a file that exists; any text.
    public static KeyStorePassword existing(String text) {
        return new KeyStorePassword(text.toCharArray());
    }

    /// The password that a file holds: its first line.
    public static String firstLine(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }

    /// A new one of 24 letters and digits.
    ///
    /// @param random a `SecureRandom` outside of tests
    public static KeyStorePassword generate(RandomGenerator random) {
        char[] characters = new char[GENERATED];
        for (int i = 0; i < GENERATED; i++) {
            characters[i] = LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return new KeyStorePassword(characters);
    }

    /// A copy of the characters, for the library that opens the file or the person who asked for a new password.
    public char[] reveal() {
        return characters.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyStorePassword that && Arrays.equals(characters, that.characters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(characters);
    }

    @Override
    public String toString() {
        return "KeyStorePassword[secret]";
    }
}
