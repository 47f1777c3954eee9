package dev.kubepki.pki.cluster;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which files of a set somebody gets: a node, a component, or whoever needs one member. Keys of CAs are left out
/// unless
/// they are asked for: whoever holds one can be anybody.
///
/// @param copies the files, in order
/// @param withheld files that were left out
public record Handout(List<Copy> copies, List<String> withheld) {
    /// One file.
    ///
    /// @param from relative to the set's folder
    /// @param to relative to the receiver's folder, laid out like `/etc/kubernetes`
    public record Copy(String from, String to) {
        /// Whether the file is secret.
        public boolean isSecret() {
            return from.endsWith(".key") || from.endsWith(".conf");
        }
    }

    /// Defensive copies.
    public Handout {
        copies = List.copyOf(copies);
        withheld = List.copyOf(withheld);
    }

    /// Everything of a node's folder.
    public static Handout ofNode(DesiredSet desired, ClusterNode node, boolean authorityKeys) {
        String folder = desired.folder(node);
        Stream<String> own = desired.items()
                .filter(item -> item.folder().equals(folder))
                .flatMap(item -> item.output().paths().stream());
        Stream<String> shared = desired.copies().map(SharedCopy::to).filter(to -> to.startsWith(folder));
        return of(folder, Stream.concat(own, shared).map(p -> p.substring(folder.length())), authorityKeys);
    }

    /// What a component reads on its host.
    public static Handout ofComponent(
            DesiredSet desired,
            FoundSet found,
            ComponentFlags.Component component,
            ClusterNode host,
            boolean authorityKeys) {
        ComponentFlags flags = new ComponentFlags(desired, found, path -> path);
        return of(desired.folder(host), flags.files(component, host).stream(), authorityKeys);
    }

    /// One member's files, and its CA's certificate.
    public static Handout ofItem(DesiredSet desired, Item item, boolean authorityKeys) {
        List<Copy> copies = new ArrayList<>(
                item.output() instanceof Output.Config
                        ? List.of()
                        : item
                                .issuer()
                                .flatMap(desired::authority)
                                .map(ca -> new Copy(ca.mainPath(), ca.mainPath()))
                                .stream()
                                .toList());
        Handout own = of(
                item.folder(),
                item.output().paths().stream()
                        .map(p -> p.substring(item.folder().length())),
                authorityKeys);
        copies.addAll(own.copies);
        return new Handout(copies, own.withheld);
    }

    /// Both together, each file once.
    public Handout and(Handout other) {
        Set<Copy> all = new LinkedHashSet<>(copies);
        all.addAll(other.copies);
        Set<String> left = new LinkedHashSet<>(withheld);
        left.addAll(other.withheld);
        return new Handout(List.copyOf(all), List.copyOf(left));
    }

    private static Handout of(String folder, Stream<String> paths, boolean authorityKeys) {
        List<Copy> copies = new ArrayList<>();
        List<String> withheld = new ArrayList<>();
        paths.distinct().forEach(path -> {
            if (!authorityKeys && isAuthorityKey(path)) {
                withheld.add(folder + path);
            } else {
                copies.add(new Copy(folder + path, path));
            }
        });
        return new Handout(copies, withheld);
    }

    private static boolean isAuthorityKey(String path) {
        Optional<Catalogue.Row> row = Catalogue.ROWS.stream()
                .filter(r -> r.role() == Catalogue.Role.AUTHORITY)
                .filter(r -> r.output() instanceof Output.Pair(String certificate, String key) && key.equals(path))
                .findFirst();
        return row.isPresent();
    }
}
