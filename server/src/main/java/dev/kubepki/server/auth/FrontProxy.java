package dev.kubepki.server.auth;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Believes what a proxy says about its callers in headers, when the proxy shows a certificate of a CA for proxies.
public final class FrontProxy implements Authenticator {
    private final Headers headers;
    private final List<String> allowedNames;
    private final ClientCertificates proxies;

    /// Which headers name what.
    public record Headers(List<String> user, List<String> uid, List<String> group, List<String> extraPrefix) {
        /// As kubeadm sets up a cluster.
        public static final Headers KUBEADM = new Headers(
                List.of("X-Remote-User"),
                List.of("X-Remote-Uid"),
                List.of("X-Remote-Group"),
                List.of("X-Remote-Extra-"));
    }

    /// @param allowedNames common names of proxies; empty: all that the CAs signed
    /// @param authorities the CAs of proxies as they are now
    public FrontProxy(
            Headers headers,
            List<String> allowedNames,
            Supplier<List<Certificate>> authorities,
            CryptoProvider provider,
            Clock clock,
            Consumer<String> log) {
        this.headers = headers;
        this.allowedNames = List.copyOf(allowedNames);
        this.proxies = new ClientCertificates(authorities, provider, clock, log);
    }

    @Override
    public Optional<UserInfo> authenticate(Credentials credentials) {
        String name = first(credentials.headers(), headers.user());
        if (name.isEmpty() || credentials.chain().isEmpty()) {
            return Optional.empty();
        }
        if (!proxies.authenticate(credentials).filter(this::isAllowed).isPresent()) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>();
        for (String header : headers.group()) {
            credentials.headers().values(header).stream()
                    .filter(group -> !group.isEmpty())
                    .forEach(groups::add);
        }
        Map<String, List<String>> extra = new TreeMap<>();
        for (String prefix : headers.extraPrefix()) {
            ExtraHeaders.of(credentials.headers(), prefix)
                    .forEach((key, values) -> extra.merge(key, values, FrontProxy::joined));
        }
        return Optional.of(new UserInfo(name, first(credentials.headers(), headers.uid()), groups, extra));
    }

    private boolean isAllowed(UserInfo proxy) {
        return allowedNames.isEmpty() || allowedNames.contains(proxy.name());
    }

    private static String first(HeaderFields fields, List<String> names) {
        return names.stream()
                .map(fields::value)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
