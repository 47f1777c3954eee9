package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigPem;
import dev.kubepki.pki.files.KubeconfigUser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cluster and the way to it: where it is, how it is known, and as whom it is called.
public final class Target {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final URI server;
    private final Tls tls;
    private final Optional<URI> proxy;
    private final Login login;
    private final Map<String, List<String>> headers;
    private final String namespace;

    /// How the server is known.
    ///
    /// @param serverName empty for the host of its address
    record Tls(Optional<KubeconfigPem> authority, boolean insecure, String serverName) {}

    /// What is chosen instead of what a kubeconfig says.
    ///
    /// @param context the context, instead of the current one
    public record Choice(
            Optional<String> context, Optional<String> cluster, Optional<String> user, Optional<String> server) {
        /// Nothing.
        public static final Choice NONE =
                new Choice(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /// A context by its name.
        public static Choice context(Optional<String> name) {
            return new Choice(name, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private Target(
            URI server,
            Tls tls,
            Optional<URI> proxy,
            Login login,
            Map<String, List<String>> headers,
            String namespace) {
        this.server = server;
        this.tls = tls;
        this.proxy = proxy;
        this.login = login;
        this.headers = headers;
        this.namespace = namespace;
    }

    /// What a kubeconfig leads to.
    ///
    /// @param environment where a proxy may be named
    /// @param terminal whether a person can answer a credential plugin
    /// @throws ClusterUnreachable when it leads nowhere
    public static Target of(
            Kubeconfig config, Choice choice, Map<String, String> environment, boolean terminal, Clock clock) {
        Optional<KubeconfigContext> context = choice.context()
                .or(config::currentContext)
                .map(name -> config.context(name)
                        .orElseThrow(() -> new ClusterUnreachable(config.file() + " has no context " + name)));
        String cluster = choice.cluster()
                .or(() -> context.flatMap(KubeconfigContext::cluster))
                .orElseThrow(() -> new ClusterUnreachable(
                        config.file() + " names no cluster: set its current-context, or name a context"));
        KubeconfigCluster there = config.cluster(cluster)
                .orElseThrow(() -> new ClusterUnreachable(config.file() + " has no cluster " + cluster));
        Optional<KubeconfigUser> user = choice.user()
                .or(() -> context.flatMap(KubeconfigContext::user))
                .map(name -> config.user(name)
                        .orElseThrow(() -> new ClusterUnreachable(config.file() + " has no user " + name)));
        URI server = address(
                choice.server().or(there::server).orElse(""), config.file() + ": clusters[" + cluster + "].server");
        Tls tls = new Tls(
                there.certificateAuthority(),
                there.fields()
                        .get("insecure-skip-tls-verify")
                        .filter(Scalar.of(true)::equals)
                        .isPresent(),
                there.fields().string("tls-server-name").orElse(""));
        Optional<URI> proxy = there.fields()
                .string("proxy-url")
                .filter(text -> !text.isEmpty())
                .map(text -> address(text, config.file() + ": clusters[" + cluster + "].proxy-url"))
                .or(() -> ProxyVariables.proxy(environment, server));
        DurableFiles files = new DurableFiles(FileOperations.disk());
        Login login = user.map(each -> login(each, server, tls, files, terminal, clock))
                .orElseGet(NoLogin::new);
        return new Target(
                server,
                tls,
                proxy,
                login,
                user.map(Target::impersonation).orElse(Map.of()),
                context.flatMap(KubeconfigContext::namespace).orElse("default"));
    }

    private static Login login(
            KubeconfigUser user, URI server, Tls tls, DurableFiles files, boolean terminal, Clock clock) {
        if (user.fields().get("username").isPresent()
                || user.fields().get("password").isPresent()) {
            throw new ClusterUnreachable("the kubeconfig's " + user
                    + " has a username or password, which API servers no longer take; use a certificate or a token");
        }
        Optional<PluginCall> plugin = PluginCall.of(user);
        if (plugin.isEmpty()) {
            return FileLogin.of(user, files, clock);
        }
        byte[] authority = tls.authority().map(pem -> pem.read(files)).orElse(new byte[0]);
        return new PluginLogin(
                plugin.get(),
                PluginLogin.cluster(server.toString(), tls.serverName(), tls.insecure(), authority),
                terminal,
                clock);
    }

    /// The headers of a kubeconfig's `as` fields.
    private static Map<String, List<String>> impersonation(KubeconfigUser user) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Mapping fields = user.fields();
        fields.string("as").filter(as -> !as.isEmpty()).ifPresent(as -> headers.put("Impersonate-User", List.of(as)));
        fields.string("as-uid")
                .filter(as -> !as.isEmpty())
                .ifPresent(as -> headers.put("Impersonate-Uid", List.of(as)));
        List<String> groups = texts(fields.sequence("as-groups"));
        if (!groups.isEmpty()) {
            headers.put("Impersonate-Group", groups);
        }
        fields.mapping("as-user-extra")
                .ifPresent(extra -> extra.keys()
                        .forEach(key -> headers.put("Impersonate-Extra-" + key, texts(extra.sequence(key)))));
        return Map.copyOf(headers);
    }

    private static List<String> texts(Optional<Sequence> list) {
        List<String> texts = new ArrayList<>();
        for (Node node : list.map(Sequence::items).orElse(List.of())) {
            if (node instanceof Scalar scalar) {
                texts.add(scalar.text());
            }
        }
        return List.copyOf(texts);
    }

    /// The cluster in which this runs as a pod, as the pod's service account.
    ///
    /// @throws ClusterUnreachable when it runs in none
    public static Target inCluster(Map<String, String> environment, Clock clock) {
        return inCluster(environment, ACCOUNT, clock);
    }

    static Target inCluster(Map<String, String> environment, Path account, Clock clock) {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
        Path token = account.resolve("token");
        if (host.isEmpty() || port.isEmpty() || !Files.isReadable(token)) {
            throw new ClusterUnreachable("this is no pod of a cluster: KUBERNETES_SERVICE_HOST or " + token
                    + " is missing; name a kubeconfig with --kubeconfig");
        }
        URI server = address("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port, "the cluster");
        DurableFiles files = new DurableFiles(FileOperations.disk());
        Tls tls = new Tls(Optional.of(new KubeconfigPem.InFile(account.resolve("ca.crt"))), false, "");
        Path namespace = account.resolve("namespace");
        return new Target(
                server,
                tls,
                Optional.empty(),
                FileLogin.ofTokenFile(token, files, clock),
                Map.of(),
                Files.isReadable(namespace)
                        ? new String(files.read(namespace), StandardCharsets.UTF_8).strip()
                        : "default");
    }

    private static URI address(String text, String where) {
        try {
            String full = text.contains("://") ? text : "https://" + text;
            URI uri = URI.create(full.endsWith("/") ? full.substring(0, full.length() - 1) : full);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ClusterUnreachable(where + ": '" + text + "' is not an address", e);
        }
        throw new ClusterUnreachable(where + ": '" + text + "' is not an address");
    }

    /// Where it is.
    public URI server() {
        return server;
    }

    /// In which namespace its user works.
    public String namespace() {
        return namespace;
    }

    /// The CA by which the server is known, in PEM as it is now; empty where there is none.
    public String authority() {
        return tls.authority()
                .map(pem -> new String(pem.read(new DurableFiles(FileOperations.disk())), StandardCharsets.UTF_8))
                .orElse("");
    }

    Tls tls() {
        return tls;
    }

    Optional<URI> proxy() {
        return proxy;
    }

    Login login() {
        return login;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
