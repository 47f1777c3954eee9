package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Another cluster, over HTTPS.
///
/// A server that is busy is asked again as it wishes, and a credential that ran out is renewed; every other failure is
/// the caller's: an [ApiFailure] as the server answered it, or [ClusterUnreachable].
public final class RemoteCluster implements ClusterClient, AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final Pattern STABLE = Pattern.compile("v[0-9]+");

    private final Target target;
    private final Wire wire;
    private final RandomGenerator random;
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    private RemoteCluster(Target target, Wire wire, RandomGenerator random) {
        this.target = target;
        this.wire = wire;
        this.random = random;
    }

    /// The cluster that a target leads to. Nothing is sent before something is asked.
    ///
    /// @param agent as what the program names itself; what stands before the slash owns the fields that it writes
    /// @param timeout of each request
    /// @param random spreads attempts of many clients over time
    public static RemoteCluster connect(
            Target target, String agent, Duration timeout, Clock clock, RandomGenerator random) {
        return new RemoteCluster(target, new Wire(target, new Clients(target, clock), agent, timeout), random);
    }

    /// Where it is.
    public URI server() {
        return target.server();
    }

    /// In which namespace its user works.
    public String namespace() {
        return target.namespace();
    }

    /// Any document that the server has, such as `/version`.
    public ObjectNode document(String path) {
        return wire.call("GET", path, null);
    }

    @Override
    public Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        return found(Urls.object(kind, version(kind), namespace, name, ""));
    }

    private Optional<ObjectNode> found(String path) {
        try {
            return Optional.of(wire.call("GET", path, null));
        } catch (ApiFailure e) {
            if (e.code() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public ObjectPage list(Kind kind, ListQuery query) {
        String version = version(kind);
        ObjectNode list = wire.call("GET", Urls.collection(kind, version, query.namespace()) + Urls.list(query), null);
        String apiVersion = new GroupVersion(kind.group(), version).toString();
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : list.path("items")) {
            if (item instanceof ObjectNode object) {
                items.add(named(object, kind.name(), apiVersion));
            }
        }
        JsonNode metadata = list.path("metadata");
        return new ObjectPage(
                items,
                metadata.path("continue").asString(""),
                metadata.path("resourceVersion").asString(""));
    }

    /// An item of a list does not say what it is.
    private static ObjectNode named(ObjectNode item, String kind, String apiVersion) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind).put("apiVersion", apiVersion);
        object.setAll(item);
        return object;
    }

    @Override
    public boolean serves(Kind kind) {
        return candidates(kind).anyMatch(version -> serves(kind, version));
    }

    private boolean serves(Kind kind, String version) {
        JsonNode resources = found(Urls.version(new GroupVersion(kind.group(), version)))
                .<JsonNode>map(list -> list.path("resources"))
                .orElse(JsonNodeFactory.instance.arrayNode());
        for (JsonNode resource : resources) {
            if (resource.path("name").asString("").equals(kind.plural())) {
                return true;
            }
        }
        return false;
    }

    private static Stream<String> candidates(Kind kind) {
        return Stream.concat(kind.versions().stream(), kind.versionsOnRequest().stream());
    }

    /// The version in which a kind is asked for: its preferred one, or for kinds that are not stable yet, the first
    /// that this server has.
    private String version(Kind kind) {
        if (!kind.versions().isEmpty()
                && STABLE.matcher(kind.versions().getFirst()).matches()) {
            return kind.versions().getFirst();
        }
        String known = versions.get(kind.resource());
        if (known == null) {
            known = candidates(kind)
                    .filter(version -> serves(kind, version))
                    .findFirst()
                    .orElseThrow(() ->
                            new ApiFailure(NOT_FOUND, "NotFound", target + " does not serve " + kind.resource(), null));
            versions.put(kind.resource(), known);
        }
        return known;
    }

    @Override
    public ObjectNode create(Kind kind, ObjectNode object) {
        String path = Urls.collection(kind, version(kind), metadata(object, "namespace"));
        return wire.call("POST", path, typed(kind, object));
    }

    @Override
    public ObjectNode update(Kind kind, String subresource, ObjectNode object) {
        String path =
                Urls.object(kind, version(kind), metadata(object, "namespace"), metadata(object, "name"), subresource);
        return wire.call("PUT", path, typed(kind, object));
    }

    private ObjectNode typed(Kind kind, ObjectNode object) {
        if (object.has("kind") && object.has("apiVersion")) {
            return object;
        }
        return named(object, kind.name(), new GroupVersion(kind.group(), version(kind)).toString());
    }

    @Override
    public void delete(Kind kind, String namespace, String name, String uid) {
        @Nullable ObjectNode options = null;
        if (!uid.isEmpty()) {
            options = JsonNodeFactory.instance.objectNode();
            options.put("kind", "DeleteOptions").put("apiVersion", "v1");
            options.putObject("preconditions").put("uid", uid);
        }
        wire.call("DELETE", Urls.object(kind, version(kind), namespace, name, ""), options);
    }

    @Override
    public AutoCloseable follow(Kind kind, Follower follower) {
        Following following =
                new Following(kind, this, wire::stream, Urls.collection(kind, version(kind), ""), follower, random);
        following.start();
        return following;
    }

    private static String metadata(ObjectNode object, String field) {
        return object.path("metadata").path(field).asString("");
    }

    /// Ends what is under way.
    @Override
    public void close() {
        wire.close();
    }

    @Override
    public String toString() {
        return "cluster " + target;
    }
}
