package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.files.KubeconfigUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A credential plugin as a kubeconfig's `exec` describes it.
///
/// @param user whose credential it gives, for messages
/// @param command as it is started
/// @param environment what it gets beside the caller's
/// @param withCluster whether it wants to know which cluster it is for
/// @param hint what to do where the command is missing
record PluginCall(
        String user,
        String apiVersion,
        List<String> command,
        Map<String, String> environment,
        boolean withCluster,
        boolean needsTerminal,
        boolean usesTerminal,
        String hint) {
    private static final Set<String> VERSIONS =
            Set.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1");

    /// Reads it.
    static Optional<PluginCall> of(KubeconfigUser user) {
        return user.fields().mapping("exec").map(exec -> of(user, exec));
    }

    private static PluginCall of(KubeconfigUser user, Mapping exec) {
        String version = exec.string("apiVersion").orElse("");
        if (!VERSIONS.contains(version)) {
            throw new ClusterUnreachable("the credential plugin of the kubeconfig's " + user + " speaks '" + version
                    + "'; only client.authentication.k8s.io/v1 and v1beta1 are understood");
        }
        String program = exec.string("command")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new ClusterUnreachable(
                        "the credential plugin of the kubeconfig's " + user + " has no exec.command"));
        List<String> command = new ArrayList<>(List.of(located(user.folder(), program)));
        for (Node argument : items(exec, "args")) {
            command.add(argument instanceof Scalar scalar ? scalar.text() : "");
        }
        Map<String, String> environment = new HashMap<>();
        for (Node each : items(exec, "env")) {
            if (each instanceof Mapping variable) {
                environment.put(
                        variable.string("name").orElse(""),
                        variable.string("value").orElse(""));
            }
        }
        String mode = exec.string("interactiveMode").orElse("IfAvailable");
        return new PluginCall(
                user.name(),
                version,
                List.copyOf(command),
                Map.copyOf(environment),
                isTrue(exec, "provideClusterInfo"),
                mode.equals("Always"),
                !mode.equals("Never"),
                exec.string("installHint").orElse(""));
    }

    /// A path starts from the kubeconfig's folder; a bare name is looked for as a shell does.
    private static String located(Path folder, String program) {
        return program.contains("/") ? folder.resolve(program).normalize().toString() : program;
    }

    private static List<Node> items(Mapping exec, String field) {
        return exec.sequence(field).map(Sequence::items).orElse(List.of());
    }

    private static boolean isTrue(Mapping exec, String field) {
        return exec.get(field).filter(Scalar.of(true)::equals).isPresent();
    }
}
