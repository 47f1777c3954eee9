package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.kind.Kind.Trait;
import dev.kubepki.server.registry.Strategy.Operation;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Puts a new object into the store.
final class Creation {
    /// Eight names leave one in a thousand requests without a free one when a million names are taken.
    private static final int NAME_ATTEMPTS = 8;

    private static final int NAME_BASE = 58;
    private static final int NAME_SUFFIX = 5;
    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Core core;

    Creation(Core core) {
        this.core = core;
    }

    /// POST: from the body to the answer.
    Answer create(Resource resource, Call call, Body body, Options.Write options) {
        OptionRules.write(options);
        Incoming.strict(body, options, call);
        ObjectNode object = body.object();
        Incoming.version(object, call);
        Metadata metadata = Metadata.of(object);
        Incoming.namespace(metadata, call);
        resource.strategy().defaults(object, call.version());
        Call named = call.name().isEmpty() ? call.named(metadata.name()) : call;
        Context context = core.context(named, OptionRules.isDryRun(options.dryRun()));
        Incoming.owners(metadata, call, false);
        core.owners().update(null, object, core.write(resource, call, options));
        mutate(resource, object, context);
        return generatesName(metadata)
                ? createWithGeneratedName(resource, object, context)
                : store(resource, prepare(resource, object, context), context);
    }

    /// Admission of a new object before its validation.
    void mutate(Resource resource, ObjectNode object, Context context) {
        core.namespaces().check(context.call(), true);
        resource.strategy().mutate(Operation.CREATE, object, null, context);
        Incoming.owners(Metadata.of(object), context.call(), true);
    }

    private static boolean generatesName(Metadata metadata) {
        return metadata.name().isEmpty() && !metadata.text("generateName").isEmpty();
    }

    private Answer createWithGeneratedName(Resource resource, ObjectNode object, Context context) {
        for (int attempt = 1; ; attempt++) {
            ObjectNode copy = object.deepCopy();
            String name = generateName(Metadata.of(copy).text("generateName"));
            Metadata.of(copy).text("name", name);
            try {
                return store(resource, prepare(resource, copy, context), context);
            } catch (ApiFailure failure) {
                if (!failure.reason().equals("AlreadyExists")) {
                    throw failure;
                }
                if (attempt == NAME_ATTEMPTS) {
                    throw Failures.noUniqueName(resource.name(), name);
                }
            }
        }
    }

    private String generateName(String base) {
        StringBuilder name = new StringBuilder(base.length() > NAME_BASE ? base.substring(0, NAME_BASE) : base);
        for (int i = 0; i < NAME_SUFFIX; i++) {
            name.append(NAME_LETTERS.charAt(core.random().nextInt(NAME_LETTERS.length())));
        }
        return name.toString();
    }

    /// Stamps, validates and admits a new object.
    ObjectNode prepare(Resource resource, ObjectNode object, Context context) {
        Metadata metadata = Metadata.of(object);
        stamp(metadata, resource);
        resource.strategy().prepareForCreate(object, context);
        List<FieldError> errors = new ArrayList<>(MetadataRules.forCreate(metadata, resource));
        errors.addAll(resource.strategy().validate(object, context));
        refuse(resource, metadata, errors);
        refuse(resource, metadata, MetadataRules.pathSegment(metadata));
        refuse(resource, metadata, resource.strategy().validateLate(object, context));
        resource.strategy().admit(Operation.CREATE, object, null, context);
        return object;
    }

    private void stamp(Metadata metadata, Resource resource) {
        metadata.node().remove(List.of("selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"));
        metadata.text("uid", core.uids().next());
        metadata.text("creationTimestamp", core.now().toString());
        if (resource.has(Trait.GENERATION)) {
            metadata.node().put("generation", 1);
        }
    }

    private static void refuse(Resource resource, Metadata metadata, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Failures.invalid(resource.qualifiedKind(), metadata.name(), errors);
        }
    }

    /// Stores what was prepared; the answer has its resourceVersion.
    Answer store(Resource resource, ObjectNode object, Context context) {
        Metadata metadata = Metadata.of(object);
        String key = resource.key(metadata.namespace(), metadata.name());
        if (context.dryRun()) {
            core.store().get(key).ifPresent(taken -> {
                throw exists(resource, metadata.name(), taken);
            });
            metadata.node().remove("resourceVersion");
            return new Answer(201, object);
        }
        if (isSet(metadata.resourceVersion())) {
            throw Failures.raw("resourceVersion should not be set on objects to be created");
        }
        try {
            byte[] bytes = core.form().bytes(object, resource);
            long revision = core.store().put(key, bytes, 0);
            ObjectNode answer = StoredForm.answer(object, revision);
            core.written(resource, Operation.CREATE, answer, context, revision);
            return new Answer(201, answer, resource.shown(new SplicedObject(key, revision, bytes)));
        } catch (StoreFailure failure) {
            if (failure.reason() == StoreFailure.Reason.CONFLICT) {
                Optional<Stored> taken = failure.current().or(() -> core.store().get(key));
                throw taken.map(current -> exists(resource, metadata.name(), current))
                        .orElseGet(() -> Failures.alreadyExists(resource.name(), metadata.name()));
            }
            throw failure;
        }
    }

    private static boolean isSet(String resourceVersion) {
        return ResourceVersions.isNumber(resourceVersion) && !resourceVersion.equals("0");
    }

    private static ApiFailure exists(Resource resource, String name, Stored current) {
        boolean deleting = Metadata.of(Trees.parse(current.value())).isDeleting();
        return deleting
                ? Failures.alreadyExistsDeleting(resource.name(), name)
                : Failures.alreadyExists(resource.name(), name);
    }
}
