package dev.kubepki.pki.inspect;

import dev.kubepki.pki.x509.Certificate;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which things of one file belong together.
final class Pairing {
    private Pairing() {}

    static List<String> of(List<Description> contents) {
        List<String> notes = new ArrayList<>(keys(contents));
        List<Certificate> certificates = new ArrayList<>();
        for (Description each : contents) {
            if (each instanceof Description.OfCertificate(Certificate certificate)) {
                certificates.add(certificate);
            }
        }
        chain(certificates, notes);
        return notes;
    }

    /// Whether each private key is that of a certificate or request beside it.
    static List<String> keys(List<Description> contents) {
        List<byte[]> certified = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        for (Description each : contents) {
            switch (each) {
                case Description.OfCertificate(Certificate certificate) -> certified.add(certificate.publicKeyInfo());
                case Description.OfRequest(var request) -> certified.add(request.publicKeyInfo());
                case Description.OfPrivateKey key ->
                    key.publicKey().map(PublicKey::getEncoded).ifPresent(keys::add);
                default -> {}
            }
        }
        List<String> notes = new ArrayList<>();
        keys(certified, keys, notes);
        return notes;
    }

    static void ofFields(FactsBuilder facts, List<Description.Field> fields) {
        List<Description> contents = new ArrayList<>();
        fields.forEach(field -> contents.addAll(field.contents()));
        keys(contents).forEach(facts::info);
    }

    private static void keys(List<byte[]> certified, List<byte[]> keys, List<String> notes) {
        for (byte[] key : certified.isEmpty() ? List.<byte[]>of() : keys) {
            boolean matched = certified.stream().anyMatch(each -> Arrays.equals(each, key));
            notes.add(
                    matched
                            ? "the private key and the certificate match"
                            : "the private key belongs to no certificate here: a server with both won't start");
        }
    }

    /// RFC 8446 §4.4.2: each certificate of a chain certifies the one before it.
    private static void chain(List<Certificate> certificates, List<String> notes) {
        if (certificates.size() < 2) {
            return;
        }
        boolean chained = true;
        for (int i = 1; i < certificates.size(); i++) {
            chained &=
                    certificates.get(i - 1).issuer().equals(certificates.get(i).subject());
        }
        notes.add(
                chained
                        ? "the certificates form a chain, each issued by the next"
                        : "the certificates are a bundle: they do not form one chain");
        if (certificates.stream().distinct().count() < certificates.size()) {
            notes.add("a certificate is there more than once");
        }
    }
}
