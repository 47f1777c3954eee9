package dev.kubepki.api.openapi;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kind.Subresource;
import dev.kubepki.api.kind.Kind.Trait;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.openapi.Operation.Body;
import dev.kubepki.api.openapi.Operation.Reference;
import dev.kubepki.api.openapi.Operation.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The paths of one group and version.
final class Paths {
    private final GroupVersion groupVersion;
    private final String root;
    private final List<PathItem> items = new ArrayList<>();

    private Paths(GroupVersion groupVersion) {
        this.groupVersion = groupVersion;
        this.root = (groupVersion.group().isEmpty() ? "/api/" : "/apis/") + groupVersion + "/";
    }

    /// Sorted by path.
    static List<PathItem> of(ServedKinds kinds, GroupVersion groupVersion) {
        Paths paths = new Paths(groupVersion);
        paths.addRoot();
        kinds.kinds(groupVersion).forEach(paths::add);
        paths.items.sort(Comparator.comparing(PathItem::path));
        return List.copyOf(paths.items);
    }

    private void addRoot() {
        String id = "get" + Names.operationPrefix(groupVersion) + "APIResources";
        List<Response> responses = Operation.responses(Reference.toMeta("APIResourceList"), 200);
        String tag = Names.tag(groupVersion);
        items.add(new PathItem(
                root,
                List.of(),
                List.of(new Operation(
                        "get", id, "list the resources of this version", tag, "", null, List.of(), null, responses))));
    }

    private void add(Kind kind) {
        String collection = root + (kind.namespaced() ? "namespaces/{namespace}/" : "") + kind.plural();
        String object = collection + "/{name}";
        addItem(collection, own(kind, false), collectionOperations(kind));
        addItem(object, own(kind, true), objectOperations(kind));
        for (Subresource subresource : kind.subresources()) {
            if (isDescribed(subresource)) {
                addItem(object + "/" + subresource.name(), own(kind, true), subresourceOperations(kind, subresource));
            }
        }
        if (kind.namespaced() && kind.verbs().contains("list")) {
            addItem(root + kind.plural(), List.of(Parameter.PRETTY), List.of(list(kind, "", "ForAllNamespaces")));
        }
        if (kind.verbs().contains("watch")) {
            addWatches(kind);
        }
    }

    /// What is a connection or plain text is not described.
    private static boolean isDescribed(Subresource subresource) {
        return !subresource.kind().kind().endsWith("Options")
                && !subresource.name().equals("log");
    }

    private void addItem(String path, List<Parameter> own, List<Operation> operations) {
        if (!operations.isEmpty()) {
            items.add(PathItem.of(path, own, operations));
        }
    }

    private static List<Parameter> own(Kind kind, boolean named) {
        List<Parameter> own = new ArrayList<>(List.of(Parameter.PRETTY));
        if (kind.namespaced()) {
            own.add(Parameter.NAMESPACE);
        }
        if (named) {
            own.add(Parameter.nameOf(kind.name()));
        }
        return own;
    }

    private List<Operation> collectionOperations(Kind kind) {
        GroupVersionKind gvk = groupVersion.kind(kind.name());
        List<Operation> operations = new ArrayList<>();
        if (kind.verbs().contains("list")) {
            operations.add(list(kind, scope(kind), ""));
        }
        if (kind.verbs().contains("create")) {
            String id = id("create", "", kind, "");
            List<Response> responses = Operation.responses(Reference.to(gvk), 200, 201, 202);
            operations.add(operation(
                    "post", id, "create one " + kind.name(), "post", gvk, Parameter.WRITE, Body.of(gvk), responses));
        }
        if (kind.verbs().contains("deletecollection")) {
            List<Response> responses = Operation.responses(Reference.toMeta("Status"), 200);
            operations.add(operation(
                    "delete",
                    id("delete", "Collection", kind, ""),
                    "delete all selected objects of kind " + kind.name(),
                    "deletecollection",
                    gvk,
                    Parameter.DELETE_COLLECTION,
                    Body.deletion(),
                    responses));
        }
        return operations;
    }

    private Operation list(Kind kind, String scope, String suffix) {
        GroupVersionKind gvk = groupVersion.kind(kind.name());
        String id = "list" + Names.operationPrefix(groupVersion) + scope + kind.name() + suffix;
        Reference list = Reference.to(groupVersion.kind(kind.name() + "List"));
        String description = "list objects of kind " + kind.name() + ", or watch them";
        return operation("get", id, description, "list", gvk, Parameter.LIST, null, Operation.responses(list, 200));
    }

    private List<Operation> objectOperations(Kind kind) {
        GroupVersionKind gvk = groupVersion.kind(kind.name());
        List<Operation> operations = new ArrayList<>(readAndWrite(kind, kind.verbs(), gvk, "", " one " + kind.name()));
        if (kind.verbs().contains("delete")) {
            Reference answer = kind.has(Trait.RETURN_DELETED) ? Reference.to(gvk) : Reference.toMeta("Status");
            operations.add(operation(
                    "delete",
                    id("delete", "", kind, ""),
                    "delete one " + kind.name(),
                    "delete",
                    gvk,
                    Parameter.DELETE,
                    Body.deletion(),
                    Operation.responses(answer, 200, 202)));
        }
        return operations;
    }

    private List<Operation> subresourceOperations(Kind kind, Subresource subresource) {
        GroupVersionKind body = subresource.kindIn(groupVersion);
        String suffix = Names.capitalized(subresource.name());
        String what = " " + subresource.name() + " of one " + kind.name();
        List<Operation> operations = new ArrayList<>(readAndWrite(kind, subresource.verbs(), body, suffix, what));
        if (subresource.verbs().contains("create")) {
            String description = "create " + subresource.name() + " of one " + kind.name();
            List<Response> responses = Operation.responses(Reference.to(body), 200, 201, 202);
            String id = id("create", "", kind, suffix);
            operations.add(operation("post", id, description, "post", body, Parameter.WRITE, Body.of(body), responses));
        }
        return operations;
    }

    /// GET, PUT and PATCH.
    private List<Operation> readAndWrite(
            Kind kind, List<String> verbs, GroupVersionKind body, String suffix, String what) {
        Reference answer = Reference.to(body);
        List<Operation> operations = new ArrayList<>();
        if (verbs.contains("get")) {
            List<Response> responses = Operation.responses(answer, 200);
            String id = id("read", "", kind, suffix);
            operations.add(operation("get", id, "get" + what, "get", body, List.of(), null, responses));
        }
        List<Response> written = Operation.responses(answer, 200, 201);
        if (verbs.contains("update")) {
            String id = id("replace", "", kind, suffix);
            operations.add(
                    operation("put", id, "replace" + what, "put", body, Parameter.WRITE, Body.of(body), written));
        }
        if (verbs.contains("patch")) {
            String id = id("patch", "", kind, suffix);
            String description = "change parts of" + what;
            operations.add(operation("patch", id, description, "patch", body, Parameter.PATCH, Body.patch(), written));
        }
        return operations;
    }

    private void addWatches(Kind kind) {
        String watch = root + "watch/";
        String list = "watch objects of kind " + kind.name() + "; newer clients list them with watch=true";
        String one = "watch one " + kind.name() + "; newer clients list with watch=true and a field selector";
        String collection = watch + (kind.namespaced() ? "namespaces/{namespace}/" : "") + kind.plural();
        addWatch(collection, own(kind, false), kind, id("watch", "", kind, "List"), list, "watchlist");
        addWatch(collection + "/{name}", own(kind, true), kind, id("watch", "", kind, ""), one, "watch");
        if (kind.namespaced()) {
            String id = "watch" + Names.operationPrefix(groupVersion) + kind.name() + "ListForAllNamespaces";
            addWatch(watch + kind.plural(), List.of(Parameter.PRETTY), kind, id, list, "watchlist");
        }
    }

    private void addWatch(String path, List<Parameter> own, Kind kind, String id, String description, String action) {
        List<Response> responses = Operation.responses(Reference.toMeta("WatchEvent"), 200);
        GroupVersionKind gvk = groupVersion.kind(kind.name());
        addItem(path, own, List.of(operation("get", id, description, action, gvk, Parameter.LIST, null, responses)));
    }

    private Operation operation(
            String method,
            String id,
            String description,
            String action,
            GroupVersionKind kind,
            List<Parameter> parameters,
            @Nullable Body body,
            List<Response> responses) {
        return new Operation(
                method, id, description, Names.tag(groupVersion), action, kind, parameters, body, responses);
    }

    /// `deleteCoordinationV1CollectionNamespacedLease`.
    private String id(String verb, String many, Kind kind, String suffix) {
        return verb + Names.operationPrefix(groupVersion) + many + scope(kind) + kind.name() + suffix;
    }

    private static String scope(Kind kind) {
        return kind.namespaced() ? "Namespaced" : "";
    }
}
