package dev.kubepki.cli.cluster;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.table.IncludeObject;
import dev.kubepki.api.table.Tables;
import dev.kubepki.cli.frame.Style;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.SubmittedRequest;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests in the columns of `kubectl get csr`, and what is conspicuous about each.
record RequestTable(Kind kind, Style style, Instant now) {
    private static final String VERSION = "v1";

    void print(List<Flagged> requests, boolean wide, PrintStream out) {
        List<String> headers =
                new ArrayList<>(List.of("NAME", "AGE", "SIGNERNAME", "REQUESTOR", "REQUESTEDDURATION", "CONDITION"));
        headers.add("FLAGS");
        if (wide) {
            headers.addAll(List.of("SUBJECT", "NAMES", "USAGES"));
        }
        Table table = Table.of(headers.toArray(String[]::new));
        for (Flagged each : requests) {
            table.row(row(each, wide));
        }
        table.print(out);
    }

    private String[] row(Flagged flagged, boolean wide) {
        List<String> cells = new ArrayList<>();
        for (JsonNode cell : new Tables(kind, VERSION, VERSION, IncludeObject.NONE)
                .single(flagged.request(), now)
                .path("rows")
                .path(0)
                .path("cells")) {
            cells.add(SafeText.escape(cell.asString("")));
        }
        cells.add(flagged.isConspicuous() ? style.yellow(flagged.flags()) : flagged.flags());
        if (wide) {
            cells.addAll(contents(flagged.request()));
        }
        return cells.toArray(String[]::new);
    }

    private static List<String> contents(ObjectNode object) {
        JsonNode spec = object.path("spec");
        Optional<CertificateRequest> request =
                SubmittedRequest.read(spec.path("request").asString("")).request();
        String subject = request.map(r -> r.subject().toString()).orElse("<unreadable>");
        return List.of(
                SafeText.escape(subject),
                SafeText.escape(request.map(RequestTable::names).orElse("<unreadable>")),
                SafeText.escape(joined(spec.path("usages"))));
    }

    private static String names(CertificateRequest request) {
        try {
            String names =
                    request.subjectAltNames().stream().map(Object::toString).collect(Collectors.joining(","));
            return names.isEmpty() ? "<none>" : names;
        } catch (X509Failure e) {
            return "<unreadable>";
        }
    }

    private static String joined(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString("")));
        return String.join(",", texts);
    }
}
