package dev.kubepki.pki.inspect;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.OpensslText;
import dev.kubepki.pki.x509.RevocationList;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a program may want out of a file, from any depth.
final class Extraction {
    private Extraction() {}

    static List<Certificate> certificates(List<Description> contents) {
        List<Certificate> found = new ArrayList<>();
        for (Description each : contents) {
            switch (each) {
                case Description.OfCertificate(Certificate certificate) -> found.add(certificate);
                case Description.OfSigningRequest request -> found.addAll(request.certificates());
                case Description.OfKeystore store -> store.entries().forEach(entry -> found.addAll(entry.chain()));
                default -> fields(each).forEach(field -> found.addAll(certificates(field.contents())));
            }
        }
        return found;
    }

    static List<String> texts(List<Description> contents) {
        List<String> texts = new ArrayList<>();
        for (Description each : contents) {
            switch (each) {
                case Description.OfCertificate(Certificate certificate) -> texts.add(OpensslText.of(certificate));
                case Description.OfRequest(CertificateRequest request) -> texts.add(OpensslText.of(request));
                case Description.OfRevocationList(RevocationList list) -> texts.add(OpensslText.of(list));
                case Description.OfSigningRequest object -> {
                    object.request().ifPresent(request -> texts.add(OpensslText.of(request)));
                    object.certificates().forEach(certificate -> texts.add(OpensslText.of(certificate)));
                }
                case Description.OfKeystore store ->
                    store.entries().forEach(entry -> entry.chain().forEach(c -> texts.add(OpensslText.of(c))));
                default -> fields(each).forEach(field -> texts.addAll(texts(field.contents())));
            }
        }
        return texts;
    }

    static List<PublicKey> publicKeys(List<Description> contents) {
        Map<String, PublicKey> found = new LinkedHashMap<>();
        collect(contents, found);
        return List.copyOf(found.values());
    }

    private static void collect(List<Description> contents, Map<String, PublicKey> found) {
        for (Description each : contents) {
            switch (each) {
                case Description.OfCertificate(Certificate certificate) -> add(certificate.publicKey(), found);
                case Description.OfRequest(var request) -> add(request.publicKey(), found);
                case Description.OfPublicKey(PublicKey key) -> add(key, found);
                case Description.OfPrivateKey key -> key.publicKey().ifPresent(half -> add(half, found));
                case Description.OfSigningRequest object -> {
                    object.request().ifPresent(request -> add(request.publicKey(), found));
                    object.certificates().forEach(certificate -> add(certificate.publicKey(), found));
                }
                case Description.OfKeystore store ->
                    store.entries().forEach(entry -> entry.chain().forEach(c -> add(c.publicKey(), found)));
                default -> fields(each).forEach(field -> collect(field.contents(), found));
            }
        }
    }

    private static void add(PublicKey key, Map<String, PublicKey> found) {
        found.putIfAbsent(PublicKeys.pin(key.getEncoded()), key);
    }

    static boolean isDamaged(List<Description> contents) {
        for (Description each : contents) {
            boolean damaged = switch (each) {
                case Description.Unreadable unreadable -> true;
                case Description.OfPrivateKey key -> !key.problem().isEmpty();
                case Description.OfSigningRequest object ->
                    !object.requestProblem().isEmpty()
                            || !object.certificateProblem().isEmpty();
                default -> fields(each).stream().anyMatch(field -> isDamaged(field.contents()));
            };
            if (damaged) {
                return true;
            }
        }
        return false;
    }

    static List<Description.Field> fields(Description description) {
        return switch (description) {
            case Description.OfKubeconfig config -> config.fields();
            case Description.OfObject object -> object.fields();
            default -> List.of();
        };
    }
}
