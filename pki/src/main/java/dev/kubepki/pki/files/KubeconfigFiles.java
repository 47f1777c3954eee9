package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The kubeconfig files that kubectl would work on, by the rules of client-go's `clientcmd.PathOptions`: a named one,
/// those of the variable KUBECONFIG, or `~/.kube/config`.
public final class KubeconfigFiles {
    private static final String VARIABLE = "KUBECONFIG";

    /// Where each is, under the name by which the person called it.
    private final Map<Path, String> written;

    private final List<Path> paths;
    private final DurableFiles files;

    private KubeconfigFiles(Map<Path, String> written, DurableFiles files) {
        this.written = Map.copyOf(written);
        this.paths = List.copyOf(written.keySet());
        this.files = files;
    }

    /// The files that a command is about.
    ///
    /// @param named what the command line names
    /// @param resolve from a path as it is written to where it is
    public static KubeconfigFiles of(
            Optional<String> named,
            Map<String, String> environment,
            Function<String, Path> resolve,
            DurableFiles files) {
        Map<Path, String> listed = new LinkedHashMap<>();
        for (String part : named.map(List::of)
                .orElseGet(() -> List.of(environment.getOrDefault(VARIABLE, "").split(":", -1)))) {
            if (!part.isEmpty()) {
                listed.putIfAbsent(resolve.apply(part), part);
            }
        }
        if (listed.isEmpty()) {
            Path usual =
                    resolve.apply(environment.getOrDefault("HOME", "/root")).resolve(".kube/config");
            listed.put(usual, usual.toString());
        }
        return new KubeconfigFiles(listed, files);
    }

    /// Where new entries go: the first that exists, else the last.
    public Path main() {
        return paths.stream().filter(Files::exists).findFirst().orElse(paths.getLast());
    }

    /// The name of the main file, as it was written.
    public String mainName() {
        return written.getOrDefault(main(), main().toString());
    }

    /// All of them as one, of each name the first entry.
    public Kubeconfig stacked() {
        return Kubeconfig.layered(main(), paths.stream().map(this::read).toList());
    }

    /// One file; one that doesn't exist has no entries.
    public Kubeconfig read(Path path) {
        return Files.notExists(path) ? Kubeconfig.empty(path) : Kubeconfig.read(path, files);
    }

    /// The file that has an entry, or the main one where none has.
    public Path holder(Predicate<Kubeconfig> has) {
        return paths.stream().filter(path -> has.test(read(path))).findFirst().orElseGet(this::main);
    }

    /// Changes one file. One that would stay the same is not touched.
    public void change(Path path, UnaryOperator<Kubeconfig> edit) throws IOException {
        Kubeconfig old = read(path);
        byte[] bytes = edit.apply(old).encoded();
        if (Files.notExists(path) || !Arrays.equals(bytes, old.encoded())) {
            write(path, bytes);
        }
    }

    /// Writes a kubeconfig with mode 0600, making its folder; the file behind a symbolic link stays behind it.
    public void write(Path path, byte[] bytes) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path;
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        files.write(target, bytes, FileMode.OWNER_ONLY);
    }
}
