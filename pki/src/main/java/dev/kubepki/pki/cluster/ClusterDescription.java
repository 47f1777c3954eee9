package dev.kubepki.pki.cluster;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads descriptions of clusters: kubepki's own, and what kubeadm reads.
public final class ClusterDescription {
    private ClusterDescription() {}

    /// Reads a description, all of it: every mistake is told at once.
    ///
    /// @param file the name under which messages call it
    /// @param content YAML or JSON, in one document or several
    /// @param host asked for the host on which kubepki runs, if the description names no control-plane node
    public static Parsed parse(String file, byte[] content, Supplier<Host> host) {
        Reading reading = new Reading(file, host);
        try {
            List<Document> documents = Documents.read(file, content).stream()
                    .filter(document -> !(document.root() instanceof Scalar scalar && scalar.isNull()))
                    .toList();
            return parse(reading, documents);
        } catch (DocumentFailure unreadable) {
            return new Parsed.Invalid(List.of(unreadable.problem()), List.of());
        }
    }

    /// The description that nobody wrote: this host as the only control-plane node, every default.
    ///
    /// @param host the host; a name that no node can have is a problem
    public static Parsed ofHost(Host host) {
        Reading reading = new Reading("this host", () -> host);
        Host node = reading.thisHost(0, "controlPlaneNodes");
        return reading.problems().isEmpty()
                ? reading.valid(ClusterConfig.forHost(node.name(), node.addresses()))
                : reading.invalid();
    }

    private static Parsed parse(Reading reading, List<Document> documents) {
        if (documents.isEmpty()) {
            reading.problem(0, "", "describes nothing; kubepki init --example prints a description to begin with");
            return reading.invalid();
        }
        Optional<Document> own =
                documents.stream().filter(ClusterDescription::isOwn).findFirst();
        if (own.isEmpty()) {
            return new KubeadmFormat(reading).read(documents);
        }
        documents.stream()
                .filter(document -> !isOwn(document))
                .forEach(other -> reading.problem(
                        other.root().line(),
                        "",
                        "stands beside a " + OwnFormat.KIND + ", which must be alone in its file"));
        documents.stream()
                .filter(ClusterDescription::isOwn)
                .skip(1)
                .forEach(second -> reading.problem(
                        second.root().line(), "", "is a second " + OwnFormat.KIND + "; a file describes one cluster"));
        return new OwnFormat(reading, own.get().fields(reading.problems())).read();
    }

    private static boolean isOwn(Document document) {
        return document.root() instanceof Mapping mapping
                && (mapping.string("kind").filter(OwnFormat.KIND::equals).isPresent()
                        || mapping.string("apiVersion")
                                .filter(version -> version.startsWith("kubepki.dev/"))
                                .isPresent());
    }
}
