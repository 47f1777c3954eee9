package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.client.remote.Target;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.pki.files.Credential;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigUser;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An issued certificate and its key, put to use.
record Login(String user, KeyFile key, List<Certificate> chain) {
    private static final String REVIEWS = "selfsubjectreviews.authentication.k8s.io";

    /// Of a request that was issued.
    static Login of(String user, KeyFile key, ObjectNode issued) throws CommandFailure {
        List<Certificate> chain = CsrDownloadCommand.certificates(issued);
        if (!key.key().matches(chain.getFirst().publicKey())) {
            throw new CommandFailure(key.path() + ": is not the private key of the certificate");
        }
        return new Login(user, key, chain);
    }

    /// Writes the kubeconfig, logs in with it, and tells as whom.
    void write(LoginFile file, Invocation in) throws IOException, CommandFailure {
        Kubeconfig config = file.of(KubeconfigUser.named(user).withEmbedded(Credential.pem(chain), key.pem()));
        file.write(config, in);
        if (!in.quiet()) {
            in.err()
                    .println(whoami(config, in)
                                    .map(who -> "logs in as " + who)
                                    .orElse("logs in as " + chain.getFirst().subject())
                            + " until " + chain.getFirst().validity().notAfter());
        }
    }

    /// As whom the cluster knows the holder; nothing where it can't tell (Kubernetes before 1.28).
    private static Optional<String> whoami(Kubeconfig config, Invocation in) {
        Target target = Target.of(config, Target.Choice.NONE, in.environment(), false, in.clock());
        try (RemoteCluster remote = ClusterOptions.connect(in, target, "kubepki")) {
            Cluster cluster = new Cluster(remote);
            ObjectNode review = JsonNodeFactory.instance.objectNode();
            review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "SelfSubjectReview");
            return Cluster.ifAllowed(() -> cluster.create(REVIEWS, review)).map(Login::told);
        }
    }

    private static String told(ObjectNode review) {
        JsonNode info = review.path("status").path("userInfo");
        List<String> groups = new ArrayList<>();
        info.path("groups").forEach(group -> groups.add(group.asString("")));
        return SafeText.escape(info.path("username").asString("") + " " + groups);
    }
}
