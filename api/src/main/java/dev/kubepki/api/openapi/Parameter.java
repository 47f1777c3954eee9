package dev.kubepki.api.openapi;

import java.util.List;

/// A parameter of an operation.
///
/// @param in `query` or `path`
/// @param type `string`, `integer` or `boolean`
record Parameter(String name, String in, String type, String description) {
    private static final Parameter CONTINUE =
            query("continue", "string", "Where the last page of a list ended; the answer of a limited list says it.");
    private static final Parameter DRY_RUN =
            query("dryRun", "string", "With the value All the request is judged and answered, and nothing is stored.");
    private static final Parameter FIELD_MANAGER =
            query("fieldManager", "string", "The name under which the fields of this request are owned.");
    private static final Parameter FIELD_SELECTOR =
            query("fieldSelector", "string", "Chooses objects by the values of fields that can be selected by.");
    private static final Parameter FIELD_VALIDATION = query(
            "fieldValidation",
            "string",
            "What becomes of unknown and repeated fields: Ignore drops them, Warn also says so, Strict refuses.");
    private static final Parameter FORCE =
            query("force", "boolean", "Takes over fields of other managers; for apply patches alone.");
    private static final Parameter GRACE_PERIOD =
            query("gracePeriodSeconds", "integer", "How long the object may take to end; 0 ends it at once.");
    private static final Parameter LABEL_SELECTOR =
            query("labelSelector", "string", "Chooses objects by their labels.");
    private static final Parameter LIMIT =
            query("limit", "integer", "The most objects of an answer; it says where to continue when there are more.");
    private static final Parameter ORPHAN_DEPENDENTS =
            query("orphanDependents", "boolean", "The older form of propagationPolicy: true is Orphan.");
    private static final Parameter PROPAGATION = query(
            "propagationPolicy", "string", "What becomes of dependent objects: Orphan, Background or Foreground.");
    private static final Parameter RESOURCE_VERSION =
            query("resourceVersion", "string", "From which state of the store the answer may come.");
    private static final Parameter RESOURCE_VERSION_MATCH =
            query("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan.");
    private static final Parameter SEND_INITIAL_EVENTS = query(
            "sendInitialEvents",
            "boolean",
            "Begins a watch with an event for every object and a bookmark after the last of them.");
    private static final Parameter TIMEOUT =
            query("timeoutSeconds", "integer", "After how long the server ends the request.");

    /// Of every path.
    static final Parameter PRETTY = query("pretty", "string", "With true, JSON is written over several lines.");

    static final Parameter NAMESPACE = new Parameter("namespace", "path", "string", "The namespace of the object.");

    /// Of a list or watch.
    static final List<Parameter> LIST = List.of(
            query("allowWatchBookmarks", "boolean", "Lets a watch tell how far it is when nothing changes."),
            CONTINUE,
            FIELD_SELECTOR,
            LABEL_SELECTOR,
            LIMIT,
            RESOURCE_VERSION,
            RESOURCE_VERSION_MATCH,
            SEND_INITIAL_EVENTS,
            TIMEOUT,
            query("watch", "boolean", "Follows changes instead of answering once."));

    /// Of a POST or PUT.
    static final List<Parameter> WRITE = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);

    static final List<Parameter> PATCH = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE);

    static final List<Parameter> DELETE = List.of(DRY_RUN, GRACE_PERIOD, ORPHAN_DEPENDENTS, PROPAGATION);

    static final List<Parameter> DELETE_COLLECTION = List.of(
            CONTINUE,
            DRY_RUN,
            FIELD_SELECTOR,
            GRACE_PERIOD,
            LABEL_SELECTOR,
            LIMIT,
            ORPHAN_DEPENDENTS,
            PROPAGATION,
            RESOURCE_VERSION,
            RESOURCE_VERSION_MATCH,
            SEND_INITIAL_EVENTS,
            TIMEOUT);

    private static Parameter query(String name, String type, String description) {
        return new Parameter(name, "query", type, description);
    }

    /// The name of an object of a kind.
    static Parameter nameOf(String kind) {
        return new Parameter("name", "path", "string", "The name of the " + kind + ".");
    }

    /// A path's parts must be there.
    boolean required() {
        return in.equals("path");
    }
}
