package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Everything that a file holds.
///
/// @param name the file's name as the person gave it
/// @param contents in the file's order
/// @param remarks what is odd about the file itself, such as Windows line ends
public record Inspection(String name, List<Description> contents, List<String> remarks) {
    /// No file of a PKI is larger.
    public static final int MAX_BYTES = 64 << 20;

    /// Recognises a file by its content. No secret is opened.
    ///
    /// @param name for messages; it decides nothing
    /// @throws InspectFailure where the bytes are nothing that is known here, or are damaged; never anything else
    public static Inspection of(String name, byte[] bytes) {
        return of(name, bytes, new char[0]);
    }

    /// As above, opening keystores and encrypted keys.
    ///
    /// @param password empty for none
    public static Inspection of(String name, byte[] bytes, char[] password) {
        if (bytes.length > MAX_BYTES) {
            throw new InspectFailure(name + ": is larger than 64 MiB, too large for a file of a PKI");
        }
        try {
            return new Recognizer(name, password).inspect(bytes);
        } catch (KeyFailure | X509Failure e) {
            throw new InspectFailure(name + ": " + e.getMessage(), e);
        } catch (DocumentFailure e) {
            throw new InspectFailure(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new InspectFailure(name + ": is nested too deeply", e);
        }
    }

    /// What is worth knowing about each thing.
    ///
    /// @param now for what is expired
    public List<Facts> facts(Instant now) {
        List<Facts> facts = new ArrayList<>();
        for (Description description : contents) {
            facts.add(DescriptionFacts.of(description, now));
        }
        return facts;
    }

    /// Which certificates and keys of the file belong together, and other remarks on the whole, a sentence each.
    public List<String> notes() {
        List<String> notes = new ArrayList<>(remarks);
        notes.addAll(Pairing.of(contents));
        return notes;
    }

    /// Every certificate in the file, also those inside objects, in order.
    public List<Certificate> certificates() {
        return Extraction.certificates(contents);
    }

    /// Every public key in the file: of certificates, requests and keys, in order, each once.
    ///
    /// @throws KeyFailure where a certificate's key is of an unknown type
    public List<PublicKey> publicKeys() {
        return Extraction.publicKeys(contents);
    }

    /// Every certificate, request and revocation list as openssl prints it.
    public List<String> opensslTexts() {
        return Extraction.texts(contents);
    }

    /// A public key's SHA-256 as `kubeadm join --discovery-token-ca-cert-hash` takes it: `sha256:<hex>`.
    public static String pin(PublicKey key) {
        return PublicKeys.pin(key.getEncoded());
    }

    /// Whether the file is a CertificateSigningRequest that has no certificate yet.
    public boolean isUnissued() {
        return contents.stream()
                .anyMatch(each -> each instanceof Description.OfSigningRequest request
                        && request.certificates().isEmpty());
    }

    /// Whether a part of the file could not be read.
    public boolean isDamaged() {
        return Extraction.isDamaged(contents);
    }
}
