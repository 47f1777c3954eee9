package dev.kubepki.server.controller.publish;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.controller.Followings;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps one ClusterTrustBundle of a signer: the CA certificates that verify what it signs. Its name comes from its
/// content, so that another bundle is another object; the new one is there before the old one goes.
public final class TrustBundlePublisher implements Keeper {
    /// The signer of the certificates that API servers show.
    public static final String API_SERVER = "kubernetes.io/kube-apiserver-serving";

    private static final int NAME_BYTES = 12;

    private final ClusterClient client;
    private final Kind bundles;
    private final String signerName;
    private final BundlePolling bundle;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final WorkQueue queue;
    private final List<AutoCloseable> following = new ArrayList<>();

    /// @param bundles the kind ClusterTrustBundle
    /// @param bundle the CA certificates in PEM, as they are now
    public TrustBundlePublisher(ClusterClient client, Kind bundles, String signerName, Supplier<String> bundle) {
        this.client = client;
        this.bundles = bundles;
        this.signerName = signerName;
        this.queue = new WorkQueue("trust-bundle", 1, this::publish);
        this.bundle = new BundlePolling("trust-bundle", bundle, () -> queue.add(signerName));
    }

    /// Begins.
    @Override
    public void start() {
        bundle.start();
        following.add(client.follow(bundles, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                if (isOurs(object)) {
                    names.add(name(object));
                    queue.add(signerName);
                }
            }

            @Override
            public void gone(ObjectNode object) {
                if (isOurs(object)) {
                    names.remove(name(object));
                    queue.add(signerName);
                }
            }
        }));
    }

    private boolean isOurs(ObjectNode object) {
        return object.path("spec").path("signerName").asString("").equals(signerName);
    }

    private void publish(String key) {
        String content = bundle.last();
        if (content.isEmpty()) {
            return;
        }
        String wanted = nameFor(signerName, content);
        Optional<ObjectNode> there = client.get(bundles, "", wanted);
        if (there.isEmpty()) {
            attempt(() -> client.create(bundles, object(wanted, content)));
        } else if (!there.get().path("spec").path("trustBundle").asString("").equals(content)) {
            there.get().withObject("/spec").put("trustBundle", content);
            attempt(() -> client.update(bundles, "", there.get()));
        }
        for (String other : List.copyOf(names)) {
            if (!other.equals(wanted)) {
                attempt(() -> client.delete(bundles, "", other, ""));
            }
        }
    }

    /// What another was faster with comes again as a change.
    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (ApiFailure e) {
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
    }

    /// The signer's name with a colon, and the start of the content's digest.
    static String nameFor(String signerName, String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return signerName.replace('/', ':') + ":" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private ObjectNode object(String name, String content) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", bundles.name())
                .put("apiVersion", bundles.group() + "/" + bundles.versions().getFirst());
        object.putObject("metadata").put("name", name);
        object.putObject("spec").put("signerName", signerName).put("trustBundle", content);
        return object;
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    @Override
    public void close() {
        bundle.close();
        queue.close();
        Followings.close(following);
    }
}
