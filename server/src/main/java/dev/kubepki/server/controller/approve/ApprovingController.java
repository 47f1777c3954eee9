package dev.kubepki.server.controller.approve;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.Conditions;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.Followings;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.WorkQueue;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import tools.jackson.databind.node.ObjectNode;

/// Approves the requests of kubelets that need no person: those for a client's certificate which an access review
/// allows, and, where that is switched on, those for a serving certificate whose names are the node's. What is not
/// approved gets an event that says why and stays as it is: a permission or an address that comes later approves it
/// without a new request.
public final class ApprovingController implements Keeper {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ClusterClient client;
    private final Kind requests;
    private final BiPredicate<ObjectNode, String> mayCreate;
    private final Optional<Serving> serving;
    private final EventRecorder events;
    private final ClientApprover clients;
    private final Clock clock;
    private final Nodes nodes = new Nodes();
    private final Map<String, ObjectNode> pending = new ConcurrentHashMap<>();
    private final WorkQueue queue = new WorkQueue("approver", 2, LONGEST_WAIT, this::work);
    private final List<AutoCloseable> following = new ArrayList<>();

    /// @param nodes the kind of nodes, which are looked at
    private record Serving(Kind nodes, ServingApprover approver) {}

    private ApprovingController(
            ClusterClient client,
            Kind requests,
            BiPredicate<ObjectNode, String> mayCreate,
            Optional<Serving> serving,
            EventRecorder events,
            CryptoProvider provider,
            Clock clock) {
        this.client = client;
        this.requests = requests;
        this.mayCreate = mayCreate;
        this.serving = serving;
        this.events = events;
        this.clients = new ClientApprover(provider);
        this.clock = clock;
    }

    /// Approves clients alone.
    ///
    /// @param mayCreate whether the requester that a request names may create this subresource of requests
    /// @param provider checks that requesters hold their keys
    public static ApprovingController ofClients(
            ClusterClient client,
            Kind requests,
            BiPredicate<ObjectNode, String> mayCreate,
            EventRecorder events,
            CryptoProvider provider,
            Clock clock) {
        return new ApprovingController(client, requests, mayCreate, Optional.empty(), events, provider, clock);
    }

    /// Approves clients and serving certificates.
    ///
    /// @param nodes the kind of nodes
    /// @param options as what kubelets may serve
    public static ApprovingController ofClientsAndServing(
            ClusterClient client,
            Kind requests,
            BiPredicate<ObjectNode, String> mayCreate,
            Kind nodes,
            ServingOptions options,
            EventRecorder events,
            CryptoProvider provider,
            Clock clock) {
        Serving serving = new Serving(nodes, new ServingApprover(provider, options));
        return new ApprovingController(client, requests, mayCreate, Optional.of(serving), events, provider, clock);
    }

    /// Begins: with what is there, then with each change. The nodes come first: no request is judged before all of
    /// them are known.
    @Override
    public void start() {
        serving.ifPresent(one -> following.add(client.follow(one.nodes(), new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode node) {
                if (nodes.put(node)) {
                    judgeServingAnew();
                }
            }

            @Override
            public void gone(ObjectNode node) {
                nodes.remove(node);
                judgeServingAnew();
            }
        })));
        following.add(client.follow(requests, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                take(object);
            }

            @Override
            public void gone(ObjectNode object) {
                pending.remove(new RequestObject(object).name());
            }
        }));
    }

    private void take(ObjectNode csr) {
        RequestObject object = new RequestObject(csr);
        boolean ours = ClientApprover.isFor(object) || (serving.isPresent() && ServingApprover.isFor(object));
        if (ours && object.state() == CsrState.PENDING) {
            pending.put(object.name(), csr);
            queue.add(object.name());
        } else {
            pending.remove(object.name());
        }
    }

    private void judgeServingAnew() {
        pending.forEach((name, csr) -> {
            if (ServingApprover.isFor(new RequestObject(csr))) {
                queue.add(name);
            }
        });
    }

    private void work(String name) {
        ObjectNode csr = pending.get(name);
        if (csr == null) {
            return;
        }
        switch (judge(new RequestObject(csr))) {
            case Verdict.NotMine _ -> pending.remove(name, csr);
            case Verdict.LeftAlone(String why) -> events.warning(csr, "NotApproved", "not approved: " + why);
            case Verdict.Approved(String message) -> approve(name, csr, message);
            case Verdict.Grants grants -> review(name, csr, grants);
        }
    }

    private Verdict judge(RequestObject object) {
        if (ClientApprover.isFor(object)) {
            return clients.judge(object);
        }
        return serving.map(one -> one.approver().judge(object, nodes)).orElseGet(Verdict.NotMine::new);
    }

    private void review(String name, ObjectNode csr, Verdict.Grants grants) {
        for (Verdict.Grant grant : grants.grants()) {
            if (mayCreate.test(csr, grant.subresource())) {
                approve(name, csr, grant.message());
                return;
            }
        }
        String why = ClientApprover.refusal(new RequestObject(csr), grants);
        events.warning(csr, "NotApproved", why);
        throw new IllegalStateException(why);
    }

    private void approve(String name, ObjectNode csr, String message) {
        ObjectNode approved = csr.deepCopy();
        Conditions.add(approved, "Approved", "AutoApproved", message, clock.instant());
        try {
            client.update(requests, "approval", approved);
        } catch (ApiFailure e) {
            // Changed or deleted since: the change itself comes, and is judged anew.
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
        pending.remove(name, csr);
    }

    @Override
    public void close() {
        queue.close();
        Followings.close(following);
    }
}
