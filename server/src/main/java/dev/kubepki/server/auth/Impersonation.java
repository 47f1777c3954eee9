package dev.kubepki.server.auth;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets a caller act as somebody else, who may: by the constrained modes, each for one sort of user and one verb, or by
/// the old verb `impersonate`, which stands for everything.
public final class Impersonation {
    private static final String USER = "Impersonate-User";
    private static final String UID = "Impersonate-Uid";
    private static final String GROUP = "Impersonate-Group";
    private static final String EXTRA = "Impersonate-Extra-";

    private final List<ImpersonationMode> modes;

    /// Asking this authorizer.
    public Impersonation(Authorizer authorizer) {
        this.modes = ImpersonationMode.all(authorizer);
    }

    /// As whom a request is to be judged.
    ///
    /// @param request as the caller sent it, with the caller as its user
    /// @return empty when the caller acts as nobody else
    /// @throws ApiFailure 400 when the headers name no user; 403 when the caller may not
    public Optional<UserInfo> judge(Attributes request, HeaderFields headers) {
        Optional<UserInfo> wanted = wanted(headers);
        return wanted.map(user -> allowed(user, request));
    }

    /// Whether a request asks to act as somebody else: cheap, for the requests that don't.
    static Optional<UserInfo> wanted(HeaderFields headers) {
        String name = headers.value(USER);
        List<String> groups = headers.values(GROUP);
        String uid = headers.value(UID);
        boolean extra = ExtraHeaders.any(headers, EXTRA);
        if (name.isEmpty() && groups.isEmpty() && uid.isEmpty() && !extra) {
            return Optional.empty();
        }
        UserInfo wanted = new UserInfo(name, uid, groups, extra ? ExtraHeaders.of(headers, EXTRA) : Map.of());
        if (name.isEmpty()) {
            throw Failures.badRequest("requested " + goSyntax(wanted) + " without impersonating a user name");
        }
        return Optional.of(wanted);
    }

    /// The first refusal is the one that is told: it names the most exact permission.
    private UserInfo allowed(UserInfo wanted, Attributes request) {
        @Nullable ApiFailure first = null;
        for (ImpersonationMode mode : modes) {
            try {
                Optional<UserInfo> user = mode.judge(wanted, request);
                if (user.isPresent()) {
                    return user.get();
                }
            } catch (ApiFailure e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? Failures.internal("all impersonation modes failed") : first;
    }

    private static String goSyntax(UserInfo user) {
        String extra = new TreeMap<>(user.extra())
                .entrySet().stream()
                        .map(e -> Rendering.quote(e.getKey()) + ":[]string" + goSyntax(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        return "&user.DefaultInfo{Name:\"\", UID:" + Rendering.quote(user.uid()) + ", Groups:"
                + (user.groups().isEmpty() ? "[]string(nil)" : "[]string" + goSyntax(user.groups()))
                + ", Extra:map[string][]string" + (user.extra().isEmpty() ? "(nil)" : extra) + "}";
    }

    private static String goSyntax(List<String> texts) {
        return texts.stream().map(Rendering::quote).collect(Collectors.joining(", ", "{", "}"));
    }
}
