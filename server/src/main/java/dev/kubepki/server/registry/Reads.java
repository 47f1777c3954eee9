package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// GET of names and of collections.
final class Reads {
    private static final int CHUNK = 500;
    private static final String TOO_OLD = "The provided continue parameter is too old to display a consistent list"
            + " result. You can start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided token results in an"
            + " inconsistent list - objects that were created, modified, or deleted between the time the first chunk was"
            + " returned and now may show up in the list.";

    private final Core core;
    private final Revisions revisions;

    Reads(Core core, Revisions revisions) {
        this.core = core;
        this.revisions = revisions;
    }

    /// GET of a name.
    StoredObject get(Resource resource, Call call, Options.Get options) {
        String version = options.resourceVersion();
        if (!version.isEmpty() && !version.equals("0")) {
            ResourceVersions.complaint(version).ifPresent(complaint -> {
                throw Failures.badRequest("invalid resource version: " + complaint);
            });
            revisions.await(ResourceVersions.parse(version));
        }
        Optional<Stored> stored = core.store().get(resource.key(call.namespace(), call.name()));
        if (stored.isEmpty()) {
            throw Failures.notFound(resource.name(), call.name());
        }
        return resource.shown(object(stored.get()));
    }

    static SplicedObject object(Stored stored) {
        return new SplicedObject(stored.key(), stored.revision(), stored.value());
    }

    /// GET of a collection.
    ObjectList list(Resource resource, Call call, Options.ListWatch options) {
        ListRules.list(options);
        Selection selection = Selection.of(resource, call, options);
        return list(resource, call, options, selection);
    }

    ObjectList list(Resource resource, Call call, Options.ListWatch options, Selection selection) {
        String prefix = resource.prefix(selection.namespace(call));
        ContinueToken start = start(options, prefix);
        try {
            return page(resource, selection, prefix, start, Math.max(0, options.limit()));
        } catch (StoreFailure failure) {
            if (failure.reason() == Reason.COMPACTED && !options.continueToken().isEmpty()) {
                ContinueToken rest = new ContinueToken(ContinueToken.INCONSISTENT, start.start());
                throw Failures.expired(TOO_OLD, rest.encode(prefix));
            }
            if (failure.reason() == Reason.FUTURE) {
                throw Failures.futureResourceVersion(
                        start.revision(), core.store().revision());
            }
            throw failure;
        }
    }

    /// At which revision (0: now) and from which key.
    private ContinueToken start(Options.ListWatch options, String prefix) {
        String version = options.resourceVersion();
        if (!options.continueToken().isEmpty()) {
            if (!version.isEmpty() && !version.equals("0")) {
                throw Failures.badRequest("specifying resource version is not allowed when using continue");
            }
            return ContinueToken.decode(options.continueToken(), prefix);
        }
        if (version.isEmpty() || version.equals("0")) {
            return new ContinueToken(0, "");
        }
        ResourceVersions.complaint(version).ifPresent(complaint -> {
            throw Failures.badRequest("invalid resource version: " + complaint);
        });
        long revision = ResourceVersions.parse(version);
        revisions.await(revision);
        boolean exact = options.resourceVersionMatch().equals("Exact")
                || (options.resourceVersionMatch().isEmpty() && options.limit() > 0);
        return new ContinueToken(exact ? revision : 0, "");
    }

    private ObjectList page(Resource resource, Selection selection, String prefix, ContinueToken start, long limit) {
        long revision = Math.max(0, start.revision());
        Store store = core.store();
        Optional<String> name = selection.name();
        if (name.isPresent()
                && (!resource.kind().namespaced()
                        || prefix.length() > resource.root().length())) {
            return one(resource, selection, store.list(prefix + name.get(), "", 1, revision), prefix + name.get());
        }
        return limit == 0
                ? whole(resource, selection, prefix, store.list(prefix, start.start(), CHUNK, revision))
                : part(resource, selection, prefix, new ContinueToken(revision, start.start()), limit);
    }

    private ObjectList whole(Resource resource, Selection selection, String prefix, Page first) {
        List<StoredObject> items = new PagedItems(core.store(), resource, selection, prefix, first);
        if (!first.more()) {
            List<StoredObject> few = new ArrayList<>();
            items.iterator().forEachRemaining(few::add);
            items = few;
        }
        return new ObjectList(items, first.revision(), "", -1);
    }

    private ObjectList part(Resource resource, Selection selection, String prefix, ContinueToken start, long limit) {
        List<StoredObject> items = new ArrayList<>();
        String from = start.start();
        long revision = start.revision();
        int chunk = selection.isEmpty() ? (int) Math.min(limit, CHUNK) : CHUNK;
        while (true) {
            Page page = core.store().list(prefix, from, chunk, revision);
            revision = page.revision();
            List<Stored> stored = page.items();
            for (int i = 0; i < stored.size(); i++) {
                SplicedObject object = object(stored.get(i));
                if (selection.matches(object)) {
                    items.add(resource.shown(object));
                    if (items.size() == limit) {
                        long further = stored.size() - 1 - i + page.remaining();
                        return further == 0
                                ? new ObjectList(items, revision, "", -1)
                                : more(items, revision, prefix, selection.isEmpty() ? further : -1);
                    }
                }
            }
            if (!page.more()) {
                return new ObjectList(items, revision, "", -1);
            }
            from = after(stored.getLast().key());
        }
    }

    private static String after(String key) {
        return key + "\u0000";
    }

    private static ObjectList more(List<StoredObject> items, long revision, String prefix, long remaining) {
        String token = new ContinueToken(revision, after(items.getLast().key())).encode(prefix);
        return new ObjectList(items, revision, token, remaining);
    }

    private static ObjectList one(Resource resource, Selection selection, Page page, String key) {
        List<StoredObject> items = new ArrayList<>(1);
        for (Stored stored : page.items()) {
            SplicedObject object = object(stored);
            if (stored.key().equals(key) && selection.matches(object)) {
                items.add(resource.shown(object));
            }
        }
        return new ObjectList(items, page.revision(), "", -1);
    }
}
