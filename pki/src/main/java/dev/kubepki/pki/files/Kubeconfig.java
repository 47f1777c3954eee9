package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A kubeconfig: clusters, users, and contexts that bring them together.
///
/// Immutable. Fields that nobody here knows survive every change, and what is written is byte for byte what kubectl
/// 1.35 writes. Paths in it are relative to the folder of its file.
public final class Kubeconfig {
    private final Path file;
    private final Mapping root;
    private final SortedMap<String, NamedEntry> clusters;
    private final SortedMap<String, NamedEntry> contexts;
    private final SortedMap<String, NamedEntry> users;

    Kubeconfig(
            Path file,
            Mapping root,
            SortedMap<String, NamedEntry> clusters,
            SortedMap<String, NamedEntry> contexts,
            SortedMap<String, NamedEntry> users) {
        this.file = file;
        this.root = root;
        this.clusters = clusters;
        this.contexts = contexts;
        this.users = users;
    }

    /// A kubeconfig without entries that is to lie at this path.
    public static Kubeconfig empty(Path file) {
        return new Kubeconfig(file, Mapping.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /// A kubeconfig of one cluster, one user and one context, which is the current one.
    public static Kubeconfig of(Path file, KubeconfigCluster cluster, KubeconfigUser user, KubeconfigContext context) {
        return empty(file).with(cluster).with(user).with(context).withCurrentContext(context.name());
    }

    /// Reads a kubeconfig's text; an empty one is a kubeconfig without entries.
    ///
    /// @param file where the text came from: its folder is the base of relative paths
    /// @throws KubeconfigFailure if it is none, with the line
    public static Kubeconfig parse(Path file, byte[] content) {
        return KubeconfigReader.read(file, content);
    }

    /// Reads a kubeconfig from its file.
    ///
    /// @throws FileFailure if the file can't be read
    /// @throws KubeconfigFailure if it is no kubeconfig, with the line
    public static Kubeconfig read(Path file, DurableFiles files) {
        return parse(file, files.read(file));
    }

    /// Several files as one, by the rules of kubectl's KUBECONFIG variable: of each name the first file's entry counts,
    /// and the first current-context that isn't empty.
    ///
    /// @param file where the result is to lie, for the paths in it
    public static Kubeconfig stacked(Path file, List<Kubeconfig> configs) {
        Kubeconfig merged = empty(file);
        for (Kubeconfig config : configs.reversed()) {
            merged = merged.joined(config);
            Optional<String> current = config.currentContext();
            merged = current.isPresent() ? merged.with("current-context", Scalar.of(current.get())) : merged;
        }
        return merged;
    }

    /// The same, with every path as it was written, whatever folder it starts from: to be shown, not to be kept.
    static Kubeconfig layered(Path file, List<Kubeconfig> configs) {
        Kubeconfig first = configs.getFirst();
        Kubeconfig layers = new Kubeconfig(file, first.root, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (Kubeconfig config : configs.reversed()) {
            layers.clusters.putAll(config.clusters);
            layers.contexts.putAll(config.contexts);
            layers.users.putAll(config.users);
        }
        Optional<String> current =
                configs.stream().flatMap(c -> c.currentContext().stream()).findFirst();
        return current.isPresent() ? layers.selecting(current.get()) : layers;
    }

    public Path file() {
        return file;
    }

    /// The clusters, sorted by name.
    public List<KubeconfigCluster> clusters() {
        return clusters.values().stream().map(KubeconfigCluster::new).toList();
    }

    /// The contexts, sorted by name.
    public List<KubeconfigContext> contexts() {
        return contexts.values().stream().map(KubeconfigContext::new).toList();
    }

    /// The users, sorted by name.
    public List<KubeconfigUser> users() {
        return users.values().stream().map(KubeconfigUser::new).toList();
    }

    public Optional<KubeconfigCluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name)).map(KubeconfigCluster::new);
    }

    public Optional<KubeconfigContext> context(String name) {
        return Optional.ofNullable(contexts.get(name)).map(KubeconfigContext::new);
    }

    public Optional<KubeconfigUser> user(String name) {
        return Optional.ofNullable(users.get(name)).map(KubeconfigUser::new);
    }

    /// The current context's name; there may be no such context.
    public Optional<String> currentContext() {
        return root.string("current-context").filter(name -> !name.isEmpty());
    }

    /// The cluster of the current context.
    public Optional<KubeconfigCluster> currentCluster() {
        return currentContext()
                .flatMap(this::context)
                .flatMap(KubeconfigContext::cluster)
                .flatMap(this::cluster);
    }

    /// The user of the current context.
    public Optional<KubeconfigUser> currentUser() {
        return currentContext()
                .flatMap(this::context)
                .flatMap(KubeconfigContext::user)
                .flatMap(this::user);
    }

    /// This kubeconfig with the cluster in place of one of the same name, or added.
    public Kubeconfig with(KubeconfigCluster cluster) {
        return new Kubeconfig(file, root, with(clusters, cluster.entry()), contexts, users);
    }

    /// This kubeconfig with the context in place of one of the same name, or added.
    public Kubeconfig with(KubeconfigContext context) {
        return new Kubeconfig(file, root, clusters, with(contexts, context.entry()), users);
    }

    /// This kubeconfig with the user in place of one of the same name, or added.
    public Kubeconfig with(KubeconfigUser user) {
        return new Kubeconfig(file, root, clusters, contexts, with(users, user.entry()));
    }

    /// This kubeconfig with that context as the one used when none is named.
    ///
    /// @throws KubeconfigFailure if there is no such context
    public Kubeconfig withCurrentContext(String name) {
        present(EntryKind.CONTEXT, contexts, name);
        return with("current-context", Scalar.of(name));
    }

    /// This kubeconfig with that name as its current-context, which may be in another file of a stack.
    public Kubeconfig selecting(String name) {
        return with("current-context", Scalar.of(name));
    }

    /// This kubeconfig with nothing but its current context and what that leads to.
    ///
    /// @throws KubeconfigFailure if there is no current context
    public Kubeconfig minified() {
        String current =
                currentContext().orElseThrow(() -> new KubeconfigFailure(file, 0, "current-context", "is not set"));
        present(EntryKind.CONTEXT, contexts, current);
        Optional<String> cluster = currentCluster().map(KubeconfigCluster::name);
        Optional<String> user = currentUser().map(KubeconfigUser::name);
        return new Kubeconfig(
                file, root, only(clusters, cluster), only(contexts, Optional.of(current)), only(users, user));
    }

    private static SortedMap<String, NamedEntry> only(SortedMap<String, NamedEntry> entries, Optional<String> name) {
        SortedMap<String, NamedEntry> one = new TreeMap<>(entries);
        one.keySet().removeIf(key -> !Optional.of(key).equals(name));
        return one;
    }

    /// This kubeconfig with each entry changed, and none moved.
    Kubeconfig changed(UnaryOperator<NamedEntry> change) {
        return new Kubeconfig(file, root, changed(clusters, change), changed(contexts, change), changed(users, change));
    }

    private static SortedMap<String, NamedEntry> changed(
            SortedMap<String, NamedEntry> entries, UnaryOperator<NamedEntry> change) {
        SortedMap<String, NamedEntry> changed = new TreeMap<>(entries);
        changed.replaceAll((name, entry) -> change.apply(entry));
        return changed;
    }

    /// This kubeconfig without the cluster.
    ///
    /// @throws KubeconfigFailure if there is no such cluster
    public Kubeconfig withoutCluster(String name) {
        return new Kubeconfig(file, root, without(EntryKind.CLUSTER, clusters, name), contexts, users);
    }

    /// This kubeconfig without the context. Like kubectl it leaves current-context alone, even if that was the one.
    ///
    /// @throws KubeconfigFailure if there is no such context
    public Kubeconfig withoutContext(String name) {
        return new Kubeconfig(file, root, clusters, without(EntryKind.CONTEXT, contexts, name), users);
    }

    /// This kubeconfig without the user.
    ///
    /// @throws KubeconfigFailure if there is no such user
    public Kubeconfig withoutUser(String name) {
        return new Kubeconfig(file, root, clusters, contexts, without(EntryKind.USER, users, name));
    }

    /// This kubeconfig with all entries of the other one added; its own current-context stays if it has one.
    ///
    /// @throws KubeconfigFailure if both have an entry of the same name that differs, naming all of them
    public Kubeconfig merged(Kubeconfig other) {
        List<String> clashes = new ArrayList<>();
        clash(EntryKind.CLUSTER, clusters, other.clusters, clashes);
        clash(EntryKind.CONTEXT, contexts, other.contexts, clashes);
        clash(EntryKind.USER, users, other.users, clashes);
        if (!clashes.isEmpty()) {
            String message = "has " + String.join(", ", clashes) + " already, with other content";
            throw new KubeconfigFailure(file, 0, "", message);
        }
        return overwritten(other);
    }

    /// This kubeconfig with all entries of the other one, in place of those of the same name; its own current-context
    /// stays if it has one.
    public Kubeconfig overwritten(Kubeconfig other) {
        Kubeconfig joined = joined(other);
        Optional<String> current = currentContext().or(other::currentContext);
        return current.isPresent() ? joined.with("current-context", Scalar.of(current.get())) : joined;
    }

    /// The text as kubectl 1.35 writes it. It may hold private keys: write it with mode 0600.
    public byte[] encoded() {
        return YamlWriter.sorted().write(tree()).getBytes(StandardCharsets.UTF_8);
    }

    /// As `kubectl config view -o json` prints it.
    public String json() {
        return KubeconfigJson.of(tree());
    }

    private Mapping tree() {
        Mapping tree = root;
        for (String optional : List.of("preferences", "extensions")) {
            tree = tree.get(optional).filter(KubeconfigForm::isNothing).isPresent() ? tree.without(optional) : tree;
        }
        return KubeconfigForm.nested(tree)
                .with("apiVersion", "v1")
                .with("kind", "Config")
                .with("current-context", currentContext().orElse(""))
                .with("clusters", list(clusters))
                .with("contexts", list(contexts))
                .with("users", list(users));
    }

    private static Node list(SortedMap<String, NamedEntry> entries) {
        return entries.isEmpty()
                ? Scalar.none()
                : Sequence.of(entries.values().stream().map(NamedEntry::tree).toList());
    }

    private Kubeconfig joined(Kubeconfig other) {
        return new Kubeconfig(
                file, root, with(clusters, other.clusters), with(contexts, other.contexts), with(users, other.users));
    }

    private Kubeconfig with(String field, Node value) {
        return new Kubeconfig(file, root.with(field, value), clusters, contexts, users);
    }

    private SortedMap<String, NamedEntry> with(SortedMap<String, NamedEntry> entries, NamedEntry entry) {
        SortedMap<String, NamedEntry> changed = new TreeMap<>(entries);
        changed.put(entry.name(), entry.rebased(file));
        return changed;
    }

    private SortedMap<String, NamedEntry> with(
            SortedMap<String, NamedEntry> entries, SortedMap<String, NamedEntry> others) {
        SortedMap<String, NamedEntry> changed = new TreeMap<>(entries);
        others.forEach((name, entry) -> changed.put(name, entry.rebased(file)));
        return changed;
    }

    private SortedMap<String, NamedEntry> without(EntryKind kind, SortedMap<String, NamedEntry> entries, String name) {
        present(kind, entries, name);
        SortedMap<String, NamedEntry> changed = new TreeMap<>(entries);
        changed.remove(name);
        return changed;
    }

    private void present(EntryKind kind, SortedMap<String, NamedEntry> entries, String name) {
        if (!entries.containsKey(name)) {
            String known = entries.isEmpty() ? "has none at all" : "has " + String.join(", ", entries.keySet());
            throw new KubeconfigFailure(file, 0, "", "has no " + kind.field() + " named " + name + "; it " + known);
        }
    }

    private void clash(
            EntryKind kind,
            SortedMap<String, NamedEntry> mine,
            SortedMap<String, NamedEntry> theirs,
            List<String> clashes) {
        theirs.forEach((name, entry) -> {
            NamedEntry own = mine.get(name);
            if (own != null
                    && !own.rebased(file).tree().equals(entry.rebased(file).tree())) {
                clashes.add("the " + kind.field() + " " + name);
            }
        });
    }

    /// Its file's name; never its content.
    @Override
    public String toString() {
        return "kubeconfig " + file;
    }
}
