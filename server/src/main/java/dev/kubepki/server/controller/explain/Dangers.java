package dev.kubepki.server.controller.explain;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.controller.sign.Asked;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What an approver must know of a request: a table of named dangers. Pure.
///
/// No danger means that nothing is conspicuous, and not that the requester is who he says.
public final class Dangers {
    private static final String MASTERS = "system:masters";
    private static final String KUBEADM_ADMINS = "kubeadm:cluster-admins";
    private static final String RESERVED = "system:";
    private static final long YEAR_SECONDS = 31_536_000;
    private static final Pattern API_SERVER =
            Pattern.compile("(?i)kubernetes(\\.default(\\.svc(\\..+)?)?)?|kube-apiserver(\\..*)?");
    private static final Pattern IN_CLUSTER = Pattern.compile("(?i).+\\.(svc|pod)(\\.[-a-z0-9.]+)?");
    private static final Set<String> POWERFUL_USAGES = Set.of("any", "cert sign", "crl sign", "code signing");
    private static final Pattern WEAK_DIGEST = Pattern.compile("(?i).*(MD2|MD5|SHA-?1)(with.*|$)");

    private record Row(String name, Suspicion.Question question) {}

    /// In the order in which they are told.
    private static final List<Row> ROWS = List.of(
            new Row(
                    "masters-group",
                    about -> group(
                            about, MASTERS, "may do everything past RBAC, and only replacing the CA takes it back")),
            new Row(
                    "admins-group",
                    about -> group(
                            about, KUBEADM_ADMINS, "is bound to cluster-admin in every cluster that kubeadm made")),
            new Row(
                    "nodes-group",
                    about -> about.isNodesOwn()
                            ? Optional.empty()
                            : group(
                                    about,
                                    Suspicion.NODES,
                                    "reads the Secrets of pods, and neither a node nor a bootstrap"
                                            + " token asks for it")),
            new Row("system-group", Dangers::systemGroup),
            new Row("node-user", Dangers::nodeUser),
            new Row("system-user", Dangers::systemUser),
            new Row("look-alike", Dangers::lookAlike),
            new Row("other-user", Dangers::otherUser),
            new Row("other-name", Dangers::otherName),
            new Row("requested-uid", Dangers::requestedUid),
            new Row("wildcard", Dangers::wildcard),
            new Row("api-server-name", Dangers::apiServerName),
            new Row("foreign-name", Dangers::foreignName),
            new Row("names-on-client", Dangers::namesOnClient),
            new Row("authority", Dangers::authority),
            new Row("powerful-usage", Dangers::powerfulUsage),
            new Row("weak-key", Dangers::weakKey),
            new Row("weak-signature", Dangers::weakSignature),
            new Row("long-life", Dangers::longLife),
            new Row("signs-anything", Dangers::signsAnything),
            new Row("signer-refuses", Dangers::signerRefuses));

    private Dangers() {}

    /// The dangers of a CertificateSigningRequest, in the table's order.
    ///
    /// @param nodeAddresses the names and addresses of the node that asks, where the cluster told them
    /// @param provider checks that the requester holds the key
    public static List<Danger> of(ObjectNode csr, Optional<Set<String>> nodeAddresses, CryptoProvider provider) {
        RequestObject object = new RequestObject(csr);
        SubmittedRequest submitted = object.submitted(provider);
        if (submitted.request().isEmpty()) {
            return List.of(new Danger("unreadable", "nobody can tell what it asks for: " + submitted.fault()));
        }
        List<Danger> dangers = new ArrayList<>();
        if (!submitted.fault().isEmpty()) {
            dangers.add(new Danger(
                    "foreign-key", "its signature is not its key's, so that the requester may not hold the key"));
        }
        Suspicion about = new Suspicion(object, submitted.request().get(), nodeAddresses);
        try {
            for (Row row : ROWS) {
                row.question().ask(about).ifPresent(meaning -> dangers.add(new Danger(row.name(), meaning)));
            }
        } catch (X509Failure e) {
            dangers.add(new Danger("unreadable", "a part of it can't be read: " + e.getMessage()));
        }
        return dangers;
    }

    /// The names that there are, in the table's order, with those of requests that can't be read.
    public static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of("unreadable", "foreign-key"));
        ROWS.forEach(row -> names.add(row.name()));
        return names;
    }

    private static Optional<String> group(Suspicion about, String group, String power) {
        return about.groups().contains(group) ? Optional.of("the group " + group + " " + power) : Optional.empty();
    }

    private static Optional<String> systemGroup(Suspicion about) {
        return about.groups().stream()
                .filter(group -> group.startsWith(RESERVED))
                .filter(group -> !group.equals(MASTERS) && !group.equals(Suspicion.NODES))
                .findFirst()
                .map(group -> "the group " + group + " is one of Kubernetes' own and brings its rights");
    }

    private static Optional<String> nodeUser(Suspicion about) {
        return sayIf(
                about.user().startsWith(Suspicion.NODE) && !about.isNodesOwn(),
                "the user " + about.user() + " is a node, and " + asker(about) + " is neither that node nor a"
                        + " bootstrap token");
    }

    private static Optional<String> systemUser(Suspicion about) {
        return sayIf(
                about.user().startsWith(RESERVED) && !about.user().startsWith(Suspicion.NODE),
                "the user " + about.user() + " is one of Kubernetes' own components and has its rights");
    }

    /// Kubernetes tells names by their case, and people do not.
    private static Optional<String> lookAlike(Suspicion about) {
        List<String> all = new ArrayList<>(about.groups());
        all.add(about.user());
        return all.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).strip().startsWith(RESERVED))
                .filter(name -> !name.startsWith(RESERVED))
                .findFirst()
                .map(name -> "'" + name + "' only looks like one of Kubernetes' names, which begin with system: in"
                        + " lower case");
    }

    private static Optional<String> otherUser(Suspicion about) {
        return sayIf(
                about.logsIn()
                        && !about.user().isEmpty()
                        && !about.user().equals(about.object().requester())
                        && !about.object().requester().isEmpty()
                        && !about.isNodesOwn()
                        && !about.isAskedByAdministrator(),
                asker(about) + " asks to become somebody else: " + about.user());
    }

    /// Names that clients make up say nothing about whom a request is for.
    private static Optional<String> otherName(Suspicion about) {
        String name = about.object().name();
        boolean madeUp = name.startsWith("csr-") || name.startsWith("node-csr-");
        boolean same = name.equals(about.user()) || name.startsWith(about.user() + "-");
        return sayIf(
                about.logsIn()
                        && !madeUp
                        && !same
                        && !name.isEmpty()
                        && !about.user().isEmpty(),
                "the object is called " + name + ", and the certificate would be for " + about.user());
    }

    private static Optional<String> requestedUid(Suspicion about) {
        return about.request().subject().values(DistinguishedName.KUBERNETES_UID).stream()
                .findFirst()
                .map(uid -> "it asks for the UID " + uid + ", by which programs tell users apart");
    }

    private static Optional<String> wildcard(Suspicion about) {
        return about.dnsNames().stream()
                .filter(name -> name.contains("*"))
                .findFirst()
                .map(name -> "the name " + name + " stands for every host of its domain");
    }

    private static Optional<String> apiServerName(Suspicion about) {
        return about.dnsNames().stream()
                .filter(name -> API_SERVER.matcher(name).matches())
                .findFirst()
                .map(name -> "who serves as " + name + " is taken for the API server");
    }

    /// A kubelet's names are those of its node; a service's are in the cluster.
    private static Optional<String> foreignName(Suspicion about) {
        if (about.object().signerName().equals(SignerPolicy.KUBELET_SERVING)) {
            return foreignToNode(about);
        }
        return about.logsIn()
                ? Optional.empty()
                : about.dnsNames().stream()
                        .filter(name -> !IN_CLUSTER.matcher(name).matches())
                        .findFirst()
                        .map(name -> "the name " + name + " is of no service or pod of a cluster");
    }

    private static Optional<String> foreignToNode(Suspicion about) {
        String node = about.user().startsWith(Suspicion.NODE)
                ? about.user().substring(Suspicion.NODE.length())
                : about.user();
        for (SubjectAltName name : about.names()) {
            String text = switch (name) {
                case SubjectAltName.Dns(String dns) -> dns;
                case SubjectAltName.Ip(String address) -> address;
                default -> name.toString();
            };
            boolean known = about.nodeAddresses().map(all -> all.contains(text)).orElse(text.equals(node));
            if (!known) {
                return Optional.of("the name " + text + " is not among the addresses of the node " + node
                        + (about.nodeAddresses().isEmpty() ? ", as far as is known here" : ""));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> namesOnClient(Suspicion about) {
        return sayIf(
                about.logsIn() && !about.isForKubelet() && !about.names().isEmpty(),
                "a client needs no names of hosts, and it asks for "
                        + about.names().size());
    }

    private static Optional<String> authority(Suspicion about) {
        return sayIf(
                about.request().basicConstraints().filter(BasicConstraints::ca).isPresent(),
                "it asks to become a CA, which could sign for anybody");
    }

    private static Optional<String> powerfulUsage(Suspicion about) {
        return about.object().usages().stream()
                .filter(POWERFUL_USAGES::contains)
                .sorted()
                .findFirst()
                .map(usage -> "the usage '" + usage + "' reaches beyond clients and servers");
    }

    private static Optional<String> weakKey(Suspicion about) {
        try {
            return sayIf(
                    KeyAlgorithm.of(about.request().publicKey()).isEmpty(),
                    "its key is " + KeyAlgorithm.describe(about.request().publicKey())
                            + "; RSA of 2048 bits, ECDSA on P-256 and Ed25519 are the least");
        } catch (KeyFailure e) {
            return Optional.of("its key can't be read: " + e.getMessage());
        }
    }

    private static Optional<String> weakSignature(Suspicion about) {
        String name = about.request().signatureName();
        return sayIf(WEAK_DIGEST.matcher(name).matches(), "it is signed with " + name + ", which can be forged");
    }

    private static Optional<String> longLife(Suspicion about) {
        return about.object().expirationSeconds().stream()
                .filter(seconds -> about.logsIn() && seconds > YEAR_SECONDS)
                .mapToObj(seconds ->
                        "it asks for " + seconds / 86_400 + " days, and a certificate that logs in can't be revoked")
                .findFirst();
    }

    private static Optional<String> signsAnything(Suspicion about) {
        return sayIf(
                about.object().signerName().equals(SignerPolicy.LEGACY_UNKNOWN),
                "the signer " + SignerPolicy.LEGACY_UNKNOWN + " has no rules of its own");
    }

    private static Optional<String> signerRefuses(Suspicion about) {
        SignerPolicy policy = SignerPolicy.of(about.object().signerName())
                .orElse(new SignerPolicy(about.object().signerName(), List.of()));
        return policy.violation(Asked.of(about.object(), about.request()))
                .map(violation -> "its signer would refuse it: " + violation);
    }

    private static String asker(Suspicion about) {
        String requester = about.object().requester();
        return requester.isEmpty() ? "who asks" : requester;
    }

    private static Optional<String> sayIf(boolean conspicuous, String meaning) {
        return conspicuous ? Optional.of(meaning) : Optional.empty();
    }
}
