package dev.kubepki.server.controller.sign;

import java.lang.Character.UnicodeScript;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whether a name or an address looks like what it is. A name that only looks like another one is how a person is made
/// to approve
/// what he would not; names in any one script are welcome.
public final class PlainText {
    /// Scripts that are written together (Unicode Technical Standard 39, §5.2).
    private static final Set<UnicodeScript> WITH_LATIN = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO);

    private PlainText() {}

    /// What is wrong with it, as the end of a sentence.
    static Optional<String> problem(String text) {
        Optional<String> hidden = text.codePoints()
                .filter(PlainText::isHidden)
                .boxed()
                .findFirst()
                .map(c -> "holds " + String.format(Locale.ROOT, "U+%04X", c) + ", which is not to be seen");
        if (hidden.isPresent()) {
            return hidden;
        }
        // NFKC turns full-width and other compatibility letters into the ones they look like.
        if (!Normalizer.normalize(text, Normalizer.Form.NFKC).equals(text)) {
            return Optional.of("has letters that only look like others");
        }
        return hasMixedWord(text)
                ? Optional.of("has a word with letters of several scripts, which look alike")
                : Optional.empty();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> c == 0x115f || c == 0x1160 || c == 0x3164;
        };
    }

    private static boolean hasMixedWord(String text) {
        Set<UnicodeScript> word = EnumSet.noneOf(UnicodeScript.class);
        for (int c : text.codePoints().toArray()) {
            if (Character.isLetter(c)) {
                word.add(UnicodeScript.of(c));
                word.remove(UnicodeScript.COMMON);
                word.remove(UnicodeScript.INHERITED);
                if (word.size() > 1 && !WITH_LATIN.containsAll(word)) {
                    return true;
                }
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                word.clear();
            }
        }
        return false;
    }

    /// Whether an address is one host's: neither every host's (loopback, unspecified, link-local) nor many hosts'
    /// (multicast, broadcast).
    ///
    /// @param address 4 or 16 bytes; of another length it is nobody's
    public static boolean isOfOneHost(byte[] address) {
        try {
            InetAddress parsed = InetAddress.getByAddress(address);
            boolean reserved = address.length == 4 && (address[0] & 0xff) >= 240;
            return !parsed.isLoopbackAddress()
                    && !parsed.isAnyLocalAddress()
                    && !parsed.isLinkLocalAddress()
                    && !parsed.isMulticastAddress()
                    && !reserved;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
