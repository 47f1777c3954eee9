package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to change of a user's credential plugin, as `kubectl config set-credentials --exec-...` does
/// (k8s.io/kubectl, pkg/cmd/config/set_credentials.go).
///
/// @param command the program; taking one forgets the arguments there were
/// @param arguments all of them anew; empty for none given
/// @param environment `NAME=VALUE` to set, `NAME-` to take away
public record CredentialPlugin(
        Optional<String> command, Optional<String> apiVersion, List<String> arguments, List<String> environment) {
    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException for a variable in neither form
    public CredentialPlugin {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        for (String each : environment) {
            if (each.indexOf('=') < 1 && !(each.length() > 1 && each.endsWith("-"))) {
                throw new IllegalArgumentException("'" + each + "' is neither NAME=VALUE nor NAME-");
            }
        }
    }

    /// The user's fields with the change. Without a command, a user who has no plugin stays without.
    Mapping applied(Mapping user) {
        Optional<Mapping> there = user.mapping("exec");
        if (there.isEmpty() && command.isEmpty()) {
            return user;
        }
        Mapping exec = there.orElse(Mapping.of());
        if (command.isPresent()) {
            exec = exec.without("args").with("command", command.get());
        }
        exec = apiVersion.isPresent() ? exec.with("apiVersion", apiVersion.get()) : exec;
        exec = arguments.isEmpty() ? exec : exec.with("args", Sequence.ofStrings(arguments));
        return user.with("exec", environment.isEmpty() ? exec : withEnvironment(exec));
    }

    private Mapping withEnvironment(Mapping exec) {
        Map<String, Mapping> variables = new LinkedHashMap<>();
        for (Node node : exec.sequence("env").map(Sequence::items).orElse(List.of())) {
            if (node instanceof Mapping variable) {
                variables.put(variable.string("name").orElse(""), variable);
            }
        }
        for (String each : environment) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                variables.remove(each.substring(0, each.length() - 1));
            } else {
                String name = each.substring(0, equals);
                variables.put(name, Mapping.of("name", name).with("value", each.substring(equals + 1)));
            }
        }
        return exec.with("env", Sequence.of(new ArrayList<>(variables.values())));
    }
}
