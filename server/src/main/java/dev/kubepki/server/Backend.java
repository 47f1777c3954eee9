package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.AuthorizerChain;
import dev.kubepki.server.auth.PrivilegedGroup;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.node.NodeAuthorizer;
import dev.kubepki.server.auth.node.NodeObjects;
import dev.kubepki.server.auth.rbac.Escalation;
import dev.kubepki.server.auth.rbac.Rbac;
import dev.kubepki.server.auth.rbac.RbacObjects;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.LocalClient;
import dev.kubepki.server.controller.NamespaceRemover;
import dev.kubepki.server.controller.RoleAggregator;
import dev.kubepki.server.controller.ServiceAccountDefaults;
import dev.kubepki.server.controller.StartObjects;
import dev.kubepki.server.registry.ObjectChange;
import dev.kubepki.server.registry.Registry;
import dev.kubepki.server.registry.Review;
import dev.kubepki.server.registry.strategy.Strategies;
import dev.kubepki.server.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// What the server keeps and decides, without the wire: the store, the objects in it, and who may do what to them.
final class Backend implements AutoCloseable {
    private static final List<String> RBAC = List.of(
            "clusterroles.rbac.authorization.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io");
    /// By which it is known what belongs to a node; those that are switched off are not looked at.
    private static final List<String> OF_NODES = List.of(
            "pods",
            "persistentvolumes",
            "volumeattachments.storage.k8s.io",
            "podcertificaterequests.certificates.k8s.io");
    /// As whom the server itself writes.
    private static final UserInfo ITSELF =
            new UserInfo("system:apiserver", "", List.of("system:authenticated", "system:masters"), Map.of());

    private final Store store;
    private final Registry registry;
    private final Authorizer authorizer;
    private final ServedKinds kinds;
    private final List<Keeper> keepers = new ArrayList<>();

    private Backend(Store store, Registry registry, Authorizer authorizer, ServedKinds kinds) {
        this.store = store;
        this.registry = registry;
        this.authorizer = authorizer;
        this.kinds = kinds;
    }

    /// Over an open store, which it closes in the end.
    ///
    /// @param reviews the kinds that are answered and never stored, made from the roles that there are
    static Backend open(
            Store store,
            ServedKinds kinds,
            Schema schema,
            Function<RbacObjects, Map<String, Review>> reviews,
            CryptoProvider provider,
            Clock clock,
            RandomGenerator random) {
        RbacObjects roles = new RbacObjects();
        NodeObjects nodes = new NodeObjects();
        Authorizer authorizer =
                new AuthorizerChain(List.of(PrivilegedGroup.MASTERS, new NodeAuthorizer(nodes), new Rbac(roles)));
        Strategies strategies = new Strategies(provider, new Escalation(roles, authorizer));
        Registry registry = Registry.open(
                store,
                schema,
                kinds.all(),
                new Registry.Rules(strategies::of, reviews.apply(roles)),
                authorizer,
                clock,
                random);
        Backend backend = new Backend(store, registry, authorizer, kinds);
        RBAC.forEach(resource -> backend.follow(backend.kind(resource), roles::put, roles::remove));
        roles.completed();
        OF_NODES.forEach(
                resource -> backend.find(resource).ifPresent(kind -> backend.follow(kind, nodes::put, nodes::remove)));
        nodes.completed();
        return backend;
    }

    /// Takes the kind, the namespace and the name of what was deleted.
    private interface Removal {
        void remove(String kind, String namespace, String name);
    }

    private void follow(Kind kind, Consumer<ObjectNode> put, Removal removal) {
        String version = kind.in(kind.storageVersion()).groupVersion().toString();
        registry.follow(kind, change -> take(change, version, put, removal));
    }

    private static void take(ObjectChange change, String version, Consumer<ObjectNode> put, Removal removal) {
        ObjectNode object = change.object().tree(version);
        if (change.isDeleted()) {
            removal.remove(
                    object.path("kind").asString(""),
                    object.path("metadata").path("namespace").asString(""),
                    object.path("metadata").path("name").asString(""));
        } else {
            put.accept(object);
        }
    }

    /// Writes what a cluster starts with, where it is missing.
    ///
    /// @param clientAuthorities the CAs of client certificates, in PEM
    void writeStartObjects(String clientAuthorities) {
        StartObjects start = new StartObjects(new LocalClient(registry, ITSELF, "kube-apiserver"), this::kind);
        start.writeNamespaces();
        start.writeRoles();
        start.writeAdministrators();
        start.writeAuthentication(clientAuthorities);
    }

    /// For a controller, in the name of its service account.
    ClusterClient clientFor(String account) {
        UserInfo user = new UserInfo(
                "system:serviceaccount:kube-system:" + account,
                "",
                List.of("system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"),
                Map.of());
        return new LocalClient(registry, user, "kube-controller-manager");
    }

    /// For what the server does in its own name.
    ClusterClient itself() {
        return new LocalClient(registry, ITSELF, "kube-controller-manager");
    }

    /// Starts what keeps objects that follow from others.
    void startKeepers() {
        LocalClient itself = new LocalClient(registry, ITSELF, "kube-apiserver");
        Kind namespaces = kind("namespaces");
        RoleAggregator aggregator =
                new RoleAggregator(itself, registry, ITSELF, kind("clusterroles.rbac.authorization.k8s.io"));
        ServiceAccountDefaults accounts = new ServiceAccountDefaults(itself, namespaces, kind("serviceaccounts"));
        NamespaceRemover remover = new NamespaceRemover(itself, registry, ITSELF, namespaces, kinds.all());
        keepers.addAll(List.of(aggregator, accounts, remover));
        aggregator.start();
        accounts.start();
        remover.start();
    }

    /// The row of a kind's resource.
    Kind kind(String resource) {
        return find(resource)
                .orElseThrow(() -> new IllegalStateException(resource + " is switched off, and the server needs it"));
    }

    /// The row of a kind's resource, unless it is switched off.
    Optional<Kind> find(String resource) {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        return kinds.resource(dot < 0 ? "" : resource.substring(dot + 1), plural);
    }

    Registry operations() {
        return registry;
    }

    StoreFigures figures() {
        return new StoreFigures(store, kinds);
    }

    /// Whether the store answers.
    boolean isHealthy() {
        return store.revision() >= store.compactedRevision();
    }

    Authorizer authorizer() {
        return authorizer;
    }

    @Override
    public void close() {
        keepers.forEach(Keeper::close);
        registry.close();
        store.close();
    }
}
