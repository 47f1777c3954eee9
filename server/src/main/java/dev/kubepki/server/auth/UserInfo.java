package dev.kubepki.server.auth;

import java.util.List;
import java.util.Map;

/// Who calls.
public record UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    /// Nobody in particular.
    public static final UserInfo ANONYMOUS =
            new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    /// Copies its collections.
    public UserInfo {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }
}
