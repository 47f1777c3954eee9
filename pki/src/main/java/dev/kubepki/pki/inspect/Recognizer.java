package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.PasswordWork;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out from a file's bytes what it is. A name is never trusted: `.crt` files hold keys, and requests are called
/// `.pem`.
final class Recognizer {
    /// base64 in base64, a kubeconfig in a Secret in a List: what people make is less deep.
    private static final int MAX_DEPTH = 5;

    /// Whitespace is removed before; shorter texts are words.
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");

    /// A document of Kubernetes, or a JSON of cfssl; PEM may stand inside either.
    private static final Pattern DOCUMENT =
            Pattern.compile("^\\s*[\\[{]|^[\"']?(apiVersion|kind)[\"']?\\s*:", Pattern.MULTILINE);

    private final String name;
    private final char[] password;
    private final PasswordWork work = new PasswordWork();
    private final List<String> remarks = new ArrayList<>();

    Recognizer(String name, char[] password) {
        this.name = name;
        this.password = password.clone();
    }

    Inspection inspect(byte[] bytes) {
        if (bytes.length == 0) {
            throw new InspectFailure(name + ": is empty");
        }
        List<Description> contents = recognise(bytes, 0)
                .orElseThrow(() -> new InspectFailure(name + ": " + Appearance.of(bytes)
                        + "; kubepki knows certificates, requests, revocation lists, keys, keystores, tokens,"
                        + " kubeconfigs and Kubernetes objects"));
        return new Inspection(name, contents, List.copyOf(remarks));
    }

    /// What the bytes are; empty where they are nothing of a PKI.
    private Optional<List<Description>> recognise(byte[] bytes, int depth) {
        if (depth > MAX_DEPTH) {
            return Optional.empty();
        }
        Optional<Description> binary = binary(bytes);
        if (binary.isPresent()) {
            return binary.map(List::of);
        }
        byte[] text = withoutMark(bytes, depth);
        String start = new String(text, 0, Math.min(text.length, 1 << 16), StandardCharsets.ISO_8859_1);
        if (DOCUMENT.matcher(start).find()) {
            return Optional.of(new DocumentReader(name, this, depth).read(text));
        }
        if (Pem.looksLikePem(text)) {
            return Optional.of(pem(text, depth));
        }
        Optional<List<Description>> token =
                TokenReader.read(start.strip(), text.length).map(List::of);
        return token.isPresent() ? token : base64(text, depth);
    }

    /// What a string of a document holds, if it is anything of a PKI. Nothing inside can fail the whole document.
    List<Description> recogniseField(String text, int depth) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean worthwhile = bytes.length >= 40 && (Pem.looksLikePem(bytes) || text.indexOf('\n') < 0 || depth < 2);
        if (!worthwhile) {
            return List.of();
        }
        try {
            return recognise(bytes, depth + 1).filter(Recognizer::isOfUse).orElse(List.of());
        } catch (KeyFailure | X509Failure | InspectFailure e) {
            return List.of(new Description.Unreadable("text", String.valueOf(e.getMessage())));
        } catch (DocumentFailure notOne) {
            return List.of();
        }
    }

    private static boolean isOfUse(List<Description> contents) {
        for (Description each : contents) {
            boolean useless = each instanceof Description.OfObject object
                    && object.fields().isEmpty()
                    && object.object().get("kind").isEmpty();
            if (!useless) {
                return true;
            }
        }
        return false;
    }

    private Optional<Description> binary(byte[] bytes) {
        if (KeystoreReader.isJavaKeystore(bytes)) {
            return Optional.of(KeystoreReader.java(bytes, password));
        }
        if (bytes.length > 2 && bytes[0] == 0x30 && !isText(bytes)) {
            return Optional.of(
                    KeystoreReader.isPkcs12(bytes)
                            ? KeystoreReader.pkcs12(bytes, password, work)
                            : DerReader.read(bytes));
        }
        return Optional.empty();
    }

    /// DER of any object here has a length or a tag below blank among its first bytes; the text `0...` has none.
    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 8); i++) {
            int c = bytes[i] & 0xff;
            if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private byte[] withoutMark(byte[] bytes, int depth) {
        boolean marked =
                bytes.length > 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf;
        if (marked && depth == 0) {
            remarks.add("the file begins with a byte order mark, which some programs do not read over");
        }
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private List<Description> pem(byte[] text, int depth) {
        List<Pem> blocks = Pem.readAll(text);
        if (blocks.isEmpty()) {
            throw new InspectFailure(
                    name + ": has a PEM mark but no block; each BEGIN must stand at the start of a line");
        }
        if (depth == 0) {
            oddities(text);
        }
        List<Description> contents = new ArrayList<>();
        for (Pem block : blocks) {
            PemReader.read(block, password, work).ifPresent(contents::add);
        }
        return contents;
    }

    private void oddities(byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        if (all.contains("\r\n")) {
            remarks.add("lines end with CR LF, as Windows writes them; OpenSSL and Go read them, some programs do not");
        }
        if (hasTextOutside(all)) {
            remarks.add("there is other text around the PEM blocks; a trust store or a ConfigMap should not have it");
        }
    }

    private static boolean hasTextOutside(String all) {
        boolean inside = false;
        for (String line : all.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.startsWith("-----BEGIN ")) {
                inside = true;
            } else if (stripped.startsWith("-----END ")) {
                inside = false;
            } else if (!inside && !stripped.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// base64 of anything above, on one line or wrapped, as `base64 user.csr` prints it.
    private Optional<List<Description>> base64(byte[] text, int depth) {
        String compact = new String(text, StandardCharsets.ISO_8859_1).replaceAll("[\\s]", "");
        if (!BASE64.matcher(compact).matches() || compact.length() % 4 != 0) {
            return Optional.empty();
        }
        byte[] decoded = Base64.getDecoder().decode(compact);
        if (!Pem.looksLikePem(decoded)
                && decoded[0] != 0x30
                && depth == 0
                && TokenReader.read(compact, 0).isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Description>> inner = recognise(decoded, depth + 1);
        if (inner.isPresent() && depth == 0) {
            remarks.add("the file is base64 of what follows; decode it with 'base64 -d' before using it");
        }
        return inner;
    }
}
