package dev.kubepki.api.kind;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One row of the table of kinds.
///
/// @param group the API group; empty for the core group
/// @param name such as `CertificateSigningRequest`
/// @param plural the resource, such as `certificatesigningrequests`
/// @param singular such as `certificatesigningrequest`
/// @param shortNames such as `csr`
/// @param categories such as `all`
/// @param namespaced whether its objects live in namespaces
/// @param versions that are served, the preferred one first
/// @param versionsOnRequest that are served when `--runtime-config` asks for them
/// @param storage the group and version in which objects are stored
/// @param storagePath the folder of its keys under the prefix, `certificatesigningrequests`; `minions` for nodes
/// @param verbs of the main resource, in the order of discovery
/// @param subresources in the order of discovery
/// @param support whether it has rules, is only stored, or is answered without being stored
/// @param traits what its life cycle allows
public record Kind(
        String group,
        String name,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        List<String> versions,
        List<String> versionsOnRequest,
        GroupVersion storage,
        String storagePath,
        List<String> verbs,
        List<Subresource> subresources,
        Support support,
        Set<Trait> traits) {
    /// How much of it is here.
    public enum Support {
        /// Validation, strategies, columns.
        FULL,
        /// Stored and listed; no behaviour.
        KNOWN,
        /// Created to be answered, never stored: the reviews.
        REVIEW
    }

    /// What its life cycle allows.
    public enum Trait {
        /// PUT to an absent name creates.
        CREATE_ON_UPDATE,
        /// PUT without a resourceVersion overwrites.
        UNCONDITIONAL_UPDATE,
        /// DELETE answers the object, and not a Status.
        RETURN_DELETED,
        /// metadata.generation counts changes of the spec.
        GENERATION
    }

    /// A subresource.
    ///
    /// @param name such as `approval`
    /// @param kind of its body; group and version are empty when they are those in which the resource is called
    /// @param verbs in the order of discovery
    public record Subresource(String name, GroupVersionKind kind, List<String> verbs) {
        /// The kind of its body when the resource is called in a version.
        public GroupVersionKind kindIn(GroupVersion called) {
            return kind.version().isEmpty() ? called.kind(kind.kind()) : kind;
        }
    }

    /// Its name in a version.
    public GroupVersionKind in(String version) {
        return new GroupVersionKind(group, version, name);
    }

    /// The version in which objects are stored.
    public String storageVersion() {
        return storage.version();
    }

    /// The kind as which objects are stored: the two kinds of events are stored as one.
    public GroupVersionKind storageKind() {
        return storage.kind(name);
    }

    /// The subresource of that name; null when there is none.
    public @Nullable Subresource subresource(String subresource) {
        for (Subresource each : subresources) {
            if (each.name().equals(subresource)) {
                return each;
            }
        }
        return null;
    }

    /// `certificatesigningrequests.certificates.k8s.io`, or `secrets`.
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `CertificateSigningRequest.certificates.k8s.io`, or `Secret`.
    public String qualifiedKind() {
        return group.isEmpty() ? name : name + "." + group;
    }

    /// The same row with these versions served and no others.
    Kind serving(List<String> served) {
        return new Kind(
                group,
                name,
                plural,
                singular,
                shortNames,
                categories,
                namespaced,
                List.copyOf(served),
                List.of(),
                storage,
                storagePath,
                verbs,
                subresources,
                support,
                traits);
    }

    /// Whether its life cycle has the trait.
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
