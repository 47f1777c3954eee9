package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Output;
import dev.kubepki.pki.files.Credential;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.KeyPem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names under which one certificate goes out.
///
/// @param own empty for the names of the set
record ExportNames(List<String> own) {
    private static final Map<String, List<String>> PRESETS = Map.of(
            "as-is", List.of(),
            "server", List.of("ca.crt", "server.crt", "server.key"),
            "client", List.of("ca.crt", "client.crt", "client.key"));

    static ExportNames of(String text) {
        List<String> names = Optional.ofNullable(PRESETS.get(text)).orElseGet(() -> List.of(text.split(",", -1)));
        boolean plain = names.stream()
                .noneMatch(name -> name.isBlank() || name.contains("/") || name.equals(".") || name.equals(".."));
        if ((!names.isEmpty() && names.size() != 3)
                || !plain
                || names.stream().distinct().count() != names.size()) {
            throw new UsageException(
                    "--names: '" + text + "' is not as-is, server, client or three different file names",
                    "Such as --names ca.crt,server.crt,server.key.");
        }
        return new ExportNames(names);
    }

    void add(Invocation in, PkiDirectory directory, DesiredSet desired, Item item, ExportFiles files) {
        if (item.isAuthority() || item.output() instanceof Output.Keys || (own.isEmpty() && inKubeconfig(item))) {
            throw new UsageException("--names and --chain are for certificates with a CA above, not for " + item.id());
        }
        Credential credential = Credential.of(directory, desired, item).orElseThrow();
        Path to = in.requiredPath("to");
        byte[] chain = Credential.pem(in.flag("chain") ? credential.fullChain() : credential.chain());
        byte[] certificate = in.flag("chain") || inKubeconfig(item) ? chain : directory.bytes(item.mainPath());
        byte[] key = inKubeconfig(item)
                ? KeyPem.encode(credential.key()).encoded()
                : directory.bytes(item.output().paths().getLast());
        String authority =
                item.issuer().flatMap(desired::authority).orElseThrow().mainPath();
        List<String> names = own.isEmpty()
                ? List.of(
                        authority,
                        below(item, item.mainPath()),
                        below(item, item.output().paths().getLast()))
                : own;
        files.add(to.resolve(names.get(0)), directory.bytes(authority), FileMode.WORLD_READABLE);
        files.add(to.resolve(names.get(2)), key, FileMode.OWNER_ONLY);
        files.add(to.resolve(names.get(1)), certificate, FileMode.WORLD_READABLE);
    }

    private static boolean inKubeconfig(Item item) {
        return item.output() instanceof Output.Config;
    }

    private static String below(Item item, String path) {
        return path.substring(item.folder().length());
    }
}
