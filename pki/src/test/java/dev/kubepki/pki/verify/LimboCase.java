package dev.kubepki.pki.verify;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// One case of x509-limbo (github.com/C2SP/x509-limbo), as its JSON has it.
record LimboCase(
        String id,
        List<String> features,
        Purpose purpose,
        List<String> anchors,
        List<String> untrusted,
        String endEntity,
        Instant at,
        List<PeerName> peers,
        OptionalInt maxIntermediates,
        boolean accepted) {
    /// Cases without a time want the present; their certificates live from 1970 to 2969 or are equally patient.
    private static final Instant PRESENT = Instant.parse("2026-01-01T00:00:00Z");

    static List<LimboCase> readAll(Path file) throws IOException {
        Document document = Documents.readOne(file.toString(), Files.readAllBytes(file));
        List<LimboCase> cases = new ArrayList<>();
        for (Node node :
                ((Mapping) document.root()).sequence("testcases").orElseThrow().items()) {
            cases.add(of((Mapping) node));
        }
        return cases;
    }

    private static LimboCase of(Mapping json) {
        return new LimboCase(
                text(json, "id"),
                texts(json, "features"),
                purpose(json),
                texts(json, "trusted_certs"),
                texts(json, "untrusted_intermediates"),
                text(json, "peer_certificate"),
                json.string("validation_time")
                        .map(time -> OffsetDateTime.parse(time).toInstant())
                        .orElse(PRESENT),
                peers(json),
                depth(json),
                text(json, "expected_result").equals("SUCCESS"));
    }

    /// Without wanted usages the kind of validation says what the peer is.
    private static Purpose purpose(Mapping json) {
        List<String> usages = texts(json, "extended_key_usage");
        String wanted = usages.isEmpty() ? text(json, "validation_kind") : usages.getFirst();
        return switch (wanted) {
            case "serverAuth", "SERVER" -> Purpose.SERVER;
            case "clientAuth", "CLIENT" -> Purpose.CLIENT;
            default -> throw new IllegalArgumentException("unknown usage " + wanted);
        };
    }

    private static List<PeerName> peers(Mapping json) {
        List<PeerName> peers = new ArrayList<>();
        json.mapping("expected_peer_name").ifPresent(peer -> peers.add(peer(peer)));
        json.sequence("expected_peer_names")
                .ifPresent(many -> many.items().forEach(peer -> peers.add(peer((Mapping) peer))));
        return peers;
    }

    private static PeerName peer(Mapping peer) {
        String value = text(peer, "value");
        return switch (text(peer, "kind")) {
            case "DNS" -> new PeerName.Dns(value);
            case "IP" -> new PeerName.Ip(value);
            case "RFC822" -> new PeerName.Email(value);
            default -> throw new IllegalArgumentException("unknown kind of name: " + peer);
        };
    }

    private static OptionalInt depth(Mapping json) {
        return json.get("max_chain_depth").orElseThrow() instanceof Scalar depth && !depth.isNull()
                ? OptionalInt.of(Integer.parseInt(depth.text()))
                : OptionalInt.empty();
    }

    private static String text(Mapping json, String key) {
        return json.string(key).orElseThrow(() -> new IllegalArgumentException("no '" + key + "'"));
    }

    private static List<String> texts(Mapping json, String key) {
        return json.sequence(key).map(Sequence::items).orElse(List.of()).stream()
                .map(item -> ((Scalar) item).text())
                .toList();
    }
}
