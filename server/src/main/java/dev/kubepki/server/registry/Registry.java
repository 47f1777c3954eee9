package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.patch.FieldOwners;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.StoreFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the objects of all kinds in a store, by the rules of the API and of each kind.
public final class Registry implements Operations, Context.Objects, AutoCloseable {
    private static final Duration BOOKMARKS = Duration.ofSeconds(60);
    private static final Duration TIDYING = Duration.ofSeconds(5);

    private final Resources resources;
    private final Map<String, Review> reviews;
    private final Core core;
    private final Reads reads;
    private final Creation creation;
    private final Updates updates;
    private final Patching patching;
    private final Scaling scaling;
    private final Deletion deletion;
    private final Feed feed;
    private final Timers timers;
    private final Watching watching;

    /// What is particular to kinds.
    ///
    /// @param strategies the strategy of each kind, asked for once
    /// @param reviews by the resource, or resource and subresource: `serviceaccounts/token`
    public record Rules(Function<Kind, Strategy> strategies, Map<String, Review> reviews) {
        /// Copies the map.
        public Rules {
            reviews = Map.copyOf(reviews);
        }
    }

    private Registry(Core core, Resources resources, Map<String, Review> reviews) {
        this.core = core;
        this.resources = resources;
        this.reviews = reviews;
        this.feed = core.feed();
        this.timers = new Timers();
        Revisions revisions = new Revisions(core.store());
        this.reads = new Reads(core, revisions);
        this.creation = new Creation(core);
        this.updates = new Updates(core, creation);
        this.patching = new Patching(core, updates);
        this.scaling = new Scaling(core, updates);
        this.deletion = new Deletion(core);
        this.watching = new Watching(core, feed, revisions, timers);
    }

    /// Over a store, for these kinds.
    ///
    /// @param random for names and uids
    public static Registry open(
            Store store,
            Schema schema,
            List<Kind> kinds,
            Rules rules,
            Authorizer authorizer,
            Clock clock,
            RandomGenerator random) {
        Resources resources = new Resources(kinds, rules.strategies());
        Context.Objects objects = new StoredObjects(store, resources);
        Core core = new Core(
                store,
                clock,
                random,
                new Uids(random),
                authorizer,
                objects,
                new Namespaces(store),
                new Feed(store),
                new StoredForm(schema),
                new FieldOwners(schema));
        Registry registry = new Registry(core, resources, rules.reviews());
        registry.start();
        return registry;
    }

    private void start() {
        feed.start();
        resources
                .named("namespaces")
                .ifPresent(namespaces -> watching.follow(namespaces, new Follower(core.namespaces()::take)));
        timers.every(BOOKMARKS, feed::bookmark);
        timers.every(TIDYING, feed::tidy);
        Upkeep upkeep = new Upkeep(core.store(), feed, core.clock());
        timers.every(Upkeep.HISTORY, () -> Thread.ofVirtual().name("upkeep").start(upkeep::run));
    }

    /// Whether a kind is switched on.
    public boolean serves(Kind kind) {
        return resources.named(kind.resource()).isPresent();
    }

    /// Tells somebody inside the server of all objects of a kind and of every change from then on. All that is there
    /// was told when this returns; later changes come from one thread, in order, before the write that made them is
    /// answered. The consumer must not wait, nor write.
    public void follow(Kind kind, Consumer<ObjectChange> consumer) {
        watching.follow(resources.of(kind), new Follower(consumer));
    }

    /// Tells somebody inside the server of all objects of a kind and of changes from then on, soon after they were made
    /// and on a thread of its own. When an object changes faster than it is taken in, its latest change alone
    /// is told.
    /// All that is there was told when this returns; closing the handle ends it.
    public AutoCloseable observe(Kind kind, Consumer<ObjectChange> consumer) {
        return watching.observe(resources.of(kind), new Relay(new Follower(consumer)));
    }

    @Override
    public void close() {
        timers.close();
        feed.close();
    }

    @Override
    public StoredObject get(Call call, Options.Get options) {
        Resource resource = resources.of(call.kind());
        return guarded(() -> isScale(call) ? scaling.get(resource, call) : reads.get(resource, call, options));
    }

    @Override
    public ObjectList list(Call call, Options.ListWatch options) {
        return guarded(() -> reads.list(resources.of(call.kind()), call, options));
    }

    @Override
    public AutoCloseable watch(Call call, Options.ListWatch options, WatchSink sink) {
        return guarded(() -> watching.watch(resources.of(call.kind()), call, options, sink));
    }

    @Override
    public Answer create(Call call, Body body, Options.Write options) {
        Review review = review(call);
        if (review != null) {
            return guarded(() -> answer(review, call, body, options));
        }
        if (!call.isMain() || call.kind().support() == Kind.Support.REVIEW) {
            throw Failures.methodNotSupported(call.kind().resource(), "create");
        }
        return guarded(() -> creation.create(resources.of(call.kind()), call, body, options));
    }

    private @Nullable Review review(Call call) {
        String name = call.kind().resource();
        return reviews.get(call.isMain() ? name : name + "/" + call.subresource());
    }

    private Answer answer(Review review, Call call, Body body, Options.Write options) {
        OptionRules.write(options);
        Incoming.strict(body, options, call);
        ObjectNode object = body.object();
        review.defaults(object);
        Incoming.namespace(Metadata.of(object), call);
        review.defaults(object);
        Context context = core.context(call, OptionRules.isDryRun(options.dryRun()));
        return new Answer(201, review.answer(object, context));
    }

    @Override
    public Answer update(Call call, Body body, Options.Write options) {
        Resource resource = resources.of(call.kind());
        return guarded(() -> isScale(call)
                ? scaling.update(resource, call, body, options)
                : updates.update(resource, call, body, options));
    }

    @Override
    public Answer patch(Call call, String type, JsonNode patch, List<String> duplicates, Options.Write options) {
        Patching.Sent sent = new Patching.Sent(patch, duplicates);
        Resource resource = resources.of(call.kind());
        return guarded(() -> isScale(call)
                ? scaling.patch(resource, call, type, sent, options)
                : patching.patch(resource, call, type, sent, options));
    }

    @Override
    public Answer delete(Call call, Options.Delete options) {
        return guarded(() -> deletion.delete(resources.of(call.kind()), call, options));
    }

    @Override
    public ObjectList deleteCollection(Call call, Options.ListWatch selection, Options.Delete options) {
        return guarded(() -> deleteAll(resources.of(call.kind()), call, selection, options));
    }

    private ObjectList deleteAll(Resource resource, Call call, Options.ListWatch selection, Options.Delete options) {
        OptionRules.delete(options);
        ObjectList found = reads.list(resource, call, selection);
        for (StoredObject object : found.items()) {
            Call one = new Call(
                    call.kind(),
                    call.version(),
                    "",
                    resource.namespaceOf(object.key()),
                    Resource.nameOf(object.key()),
                    call.user(),
                    call.userAgent(),
                    call.warnings());
            try {
                deletion.delete(resource, one, options);
            } catch (ApiFailure failure) {
                if (failure.code() != 404) {
                    throw failure;
                }
            }
        }
        return found;
    }

    private static boolean isScale(Call call) {
        return call.subresource().equals(Scale.SUBRESOURCE);
    }

    private static <T> T guarded(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (StoreFailure failure) {
            throw Core.failure(failure);
        }
    }

    @Override
    public Optional<ObjectNode> find(String group, String plural, String namespace, String name) {
        return core.objects().find(group, plural, namespace, name);
    }
}
