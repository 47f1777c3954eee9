package dev.kubepki.pki.files;

import java.util.List;
import java.util.Set;

/// One of the three lists of a kubeconfig and the fields of its entries, as client-go's `clientcmd/api/v1` types have
/// them.
///
/// @param list the name of the list, such as `clusters`
/// @param field the field of an entry that holds its own fields, such as `cluster`
/// @param described an entry with its article
/// @param requiredFields written even if empty
/// @param pathFields hold paths, relative to the kubeconfig's folder
/// @param optionalFields left out if empty
/// @param textFields must hold text where they are
record EntryKind(
        String list,
        String field,
        String described,
        List<String> requiredFields,
        List<String> pathFields,
        Set<String> optionalFields,
        Set<String> textFields) {
    static final EntryKind CLUSTER = new EntryKind(
            "clusters",
            "cluster",
            "a cluster",
            List.of("server"),
            List.of("certificate-authority"),
            Set.of(
                    "tls-server-name",
                    "insecure-skip-tls-verify",
                    "certificate-authority",
                    "certificate-authority-data",
                    "proxy-url",
                    "disable-compression",
                    "extensions"),
            Set.of("server", "tls-server-name", "certificate-authority", "certificate-authority-data", "proxy-url"));

    static final EntryKind CONTEXT = new EntryKind(
            "contexts",
            "context",
            "a context",
            List.of("cluster", "user"),
            List.of(),
            Set.of("namespace", "extensions"),
            Set.of("cluster", "user", "namespace"));

    static final EntryKind USER = new EntryKind(
            "users",
            "user",
            "a user",
            List.of(),
            List.of("client-certificate", "client-key", "tokenFile"),
            Set.of(
                    "client-certificate",
                    "client-certificate-data",
                    "client-key",
                    "client-key-data",
                    "token",
                    "tokenFile",
                    "as",
                    "as-uid",
                    "as-groups",
                    "as-user-extra",
                    "username",
                    "password",
                    "auth-provider",
                    "exec",
                    "extensions"),
            Set.of(
                    "client-certificate",
                    "client-certificate-data",
                    "client-key",
                    "client-key-data",
                    "token",
                    "tokenFile",
                    "as",
                    "as-uid",
                    "username",
                    "password"));
}
