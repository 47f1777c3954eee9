package dev.kubepki.cli.cluster;

import dev.kubepki.api.table.HumanDuration;
import dev.kubepki.cli.frame.Style;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.request.SubmittedRequest;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A request and what is in it, a line for each thing that an approver asks for.
record RequestText(PrintStream out, Style style) {
    private static final int COLUMN = 22;

    void print(Flagged flagged) {
        ObjectNode object = flagged.request();
        RequestObject request = new RequestObject(object);
        line("Name", request.name());
        line("Created", object.path("metadata").path("creationTimestamp").asString(""));
        line("Requesting User", request.requester());
        line("Requesting Groups", String.join(", ", request.groups()));
        line("Signer", request.signerName());
        line(
                "Requested Duration",
                request.expirationSeconds().stream()
                        .mapToObj(seconds -> HumanDuration.of(Duration.ofSeconds(seconds)))
                        .findFirst()
                        .orElse("<none>"));
        line("Usages", String.join(", ", request.usages()));
        SubmittedRequest.read(object.path("spec").path("request").asString(""))
                .request()
                .ifPresent(pkcs10 -> contents(pkcs10, request));
        line("Status", request.state().label());
        conditions(object);
        certificate(object);
        out.println();
        if (flagged.isConspicuous()) {
            Flagged.print(flagged.dangers(), style, out);
        } else {
            out.println("Nothing conspicuous." + advice(request));
        }
    }

    /// What no table can tell.
    private static String advice(RequestObject request) {
        return request.state() == CsrState.PENDING && !request.requester().isEmpty()
                ? " Make sure that it was " + SafeText.escape(request.requester())
                        + " who made it, before you approve it."
                : "";
    }

    private void contents(CertificateRequest request, RequestObject object) {
        line("Subject", request.subject().toString());
        if (object.usages().contains("client auth")) {
            line("Logs In As", request.subject().commonName().orElse(""));
            line("In Groups", String.join(", ", request.subject().organizations()));
        }
        line("Names", names(request));
        line("Key", key(request) + ", signed with " + request.signatureName());
    }

    private static String names(CertificateRequest request) {
        try {
            List<SubjectAltName> names = request.subjectAltNames();
            return names.isEmpty()
                    ? "<none>"
                    : names.stream().map(Object::toString).collect(Collectors.joining(", "));
        } catch (X509Failure e) {
            return "<unreadable: " + e.getMessage() + ">";
        }
    }

    private static String key(CertificateRequest request) {
        try {
            return KeyAlgorithm.describe(request.publicKey());
        } catch (KeyFailure e) {
            return "<unreadable>";
        }
    }

    private void conditions(ObjectNode object) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            List<String> parts = new ArrayList<>();
            for (String field : List.of("reason", "message", "lastUpdateTime")) {
                String text = condition.path(field).asString("");
                if (!text.isEmpty()) {
                    parts.add(text);
                }
            }
            line(condition.path("type").asString(""), String.join(", ", parts));
        }
    }

    private void certificate(ObjectNode object) {
        Published.of(object)
                .leaf()
                .ifPresent(certificate -> line(
                        "Certificate",
                        certificate.subject() + ", until "
                                + certificate.validity().notAfter()));
    }

    private void line(String label, String text) {
        String shown = text.isEmpty() ? "<none>" : SafeText.escape(text);
        out.println(style.bold(label + ":") + " ".repeat(Math.max(1, COLUMN - label.length() - 1)) + shown);
    }
}
