package dev.kubepki.api.table;

import static dev.kubepki.api.table.Cells.NONE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Of the kinds of certificates.k8s.io.
final class CertificateColumns {
    private static final String SIGNER = "The signer that the object is meant for.";

    static final Map<String, List<Column>> ALL = Map.of(
            "certificatesigningrequests.certificates.k8s.io",
            List.of(
                    Column.named(),
                    Column.aged(),
                    Column.of("SignerName", SIGNER, Cells.text("spec.signerName", NONE)),
                    Column.of("Requestor", "The user who made the request.", Cells.text("spec.username")),
                    Column.of(
                            "RequestedDuration",
                            "How long the certificate should be valid, when the request says so.",
                            Cells.from(CertificateColumns::duration)),
                    Column.of(
                            "Condition",
                            "Whether the request was approved or denied, and whether a certificate was issued.",
                            Cells.from(CertificateColumns::requestCondition))),
            "clustertrustbundles.certificates.k8s.io",
            List.of(Column.named(), Column.of("SignerName", SIGNER, Cells.text("spec.signerName", NONE))),
            "podcertificaterequests.certificates.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("PodName", "The pod that will hold the certificate.", Cells.text("spec.podName")),
                    Column.of(
                            "ServiceAccountName",
                            "The service account as which the pod runs.",
                            Cells.text("spec.serviceAccountName")),
                    Column.of("NodeName", "The node on which the pod runs.", Cells.text("spec.nodeName")),
                    Column.of("SignerName", SIGNER, Cells.text("spec.signerName")),
                    Column.of(
                            "State",
                            "Pending, or how the request ended.",
                            Cells.from(CertificateColumns::podRequestState)),
                    Column.of(
                            "UnverifiedUserAnnotations",
                            "What the pod's author tells the signer; nobody checked it.",
                            Cells.labels("spec.unverifiedUserAnnotations"))));

    private CertificateColumns() {}

    private static String duration(JsonNode request) {
        JsonNode seconds = Cells.at(request, "spec.expirationSeconds");
        return seconds.isNumber() ? HumanDuration.of(Duration.ofSeconds(seconds.asLong())) : NONE;
    }

    /// A condition counts by being there, whatever its status.
    private static String requestCondition(JsonNode request) {
        List<String> types = Cells.each(request, "status.conditions", "type");
        StringBuilder text = new StringBuilder("Pending");
        if (types.contains("Denied")) {
            text = new StringBuilder("Denied");
        } else if (types.contains("Approved")) {
            text = new StringBuilder("Approved");
        }
        if (types.contains("Failed")) {
            text.append(",Failed");
        }
        if (!Cells.string(request, "status.certificate").isEmpty()) {
            text.append(",Issued");
        }
        return text.toString();
    }

    private static String podRequestState(JsonNode request) {
        String state = "Pending";
        for (String type : Cells.each(request, "status.conditions", "type")) {
            if (type.equals("Issued") || type.equals("Denied") || type.equals("Failed")) {
                state = type;
            }
        }
        return state;
    }
}
