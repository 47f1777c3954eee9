package dev.kubepki.pki.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A file system in memory that knows what a power failure would leave: bytes only where the file was forced to the
/// disk, names only where the folder was. What was not forced survives or not as the failure pleases, in any order that
/// keeps the changes of one name in their order; a rename survives as a whole.
final class ModelDisk implements FileOperations {
    private final Folder top = new Folder(FileMode.OPEN_DIRECTORY);
    private final List<Pending> pending = new ArrayList<>();
    /// Secrets that somebody else could have read for a moment.
    private final Set<String> leaks = new HashSet<>();

    /// How a power failure treats what was not forced to the disk.
    enum Loss {
        /// The process was killed, the machine stayed up.
        NOTHING_LOST,
        ALL_LOST,
        SOME_LOST
    }

    private sealed interface Node {}

    private static final class Content implements Node {
        private final FileMode mode;
        private byte[] bytes = {};
        private byte[] durable = {};

        private Content(FileMode mode) {
            this.mode = mode;
        }
    }

    private static final class Folder implements Node {
        private final FileMode mode;
        private final Map<String, Node> names = new TreeMap<>();
        private final Map<String, Node> durable = new TreeMap<>();

        private Folder(FileMode mode) {
            this.mode = mode;
        }
    }

    private record Name(Folder folder, String name) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name n && n.folder == folder && n.name.equals(name);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(folder) * 31 + name.hashCode();
        }

        void set(Map<String, Node> names, @Nullable Node node) {
            if (node == null) {
                names.remove(name);
            } else {
                names.put(name, node);
            }
        }
    }

    /// A change of names that the disk may not have yet; null takes the name away.
    private record Pending(Map<Name, Optional<Node>> changes) {
        void persist() {
            changes.forEach((name, node) -> name.set(name.folder().durable, node.orElse(null)));
        }

        boolean touches(Folder folder) {
            return changes.keySet().stream().anyMatch(n -> n.folder() == folder);
        }
    }

    Set<String> leaks() {
        return leaks;
    }

    /// What is there after a power failure.
    void crash(Loss loss, Random random) {
        if (loss == Loss.NOTHING_LOST) {
            return;
        }
        Set<Pending> kept = new HashSet<>();
        if (loss == Loss.SOME_LOST) {
            for (Pending each : pending) {
                if (random.nextBoolean()) {
                    kept.add(each);
                }
            }
        }
        persist(kept);
        pending.clear();
        lose(top, loss, random);
    }

    private static void lose(Folder folder, Loss loss, Random random) {
        folder.names.clear();
        folder.names.putAll(folder.durable);
        for (Node node : folder.names.values()) {
            switch (node) {
                case Folder below -> lose(below, loss, random);
                case Content content -> {
                    boolean cut = !Arrays.equals(content.bytes, content.durable);
                    if (cut && (loss == Loss.ALL_LOST || random.nextBoolean())) {
                        content.bytes = content.durable;
                    } else if (cut) {
                        content.bytes = Arrays.copyOf(content.bytes, random.nextInt(content.bytes.length + 1));
                    }
                    content.durable = content.bytes;
                }
            }
        }
    }

    /// Makes pending changes durable, with every earlier change of the same names.
    private void persist(Set<Pending> wanted) {
        Set<Name> names = new HashSet<>();
        List<Pending> chosen = new ArrayList<>();
        for (Pending each : pending.reversed()) {
            if (wanted.contains(each) || each.changes().keySet().stream().anyMatch(names::contains)) {
                chosen.add(each);
                names.addAll(each.changes().keySet());
            }
        }
        chosen.reversed().forEach(Pending::persist);
        pending.removeAll(chosen);
    }

    private void change(Map<Name, Optional<Node>> changes) {
        changes.forEach((name, node) -> name.set(name.folder().names, node.orElse(null)));
        pending.add(new Pending(changes));
    }

    private @Nullable Node find(Path path) throws IOException {
        Node node = top;
        for (Path part : path) {
            if (part.toString().equals(".")) {
                continue;
            }
            if (!(node instanceof Folder folder)) {
                throw new FileSystemException(path.toString(), null, "Not a directory");
            }
            node = folder.names.get(part.toString());
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private Node get(Path path) throws IOException {
        Node node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    private Content file(Path path) throws IOException {
        if (get(path) instanceof Content content) {
            return content;
        }
        throw new FileSystemException(path.toString(), null, "Is a directory");
    }

    private Folder folder(Path path) throws IOException {
        if (get(path) instanceof Folder folder) {
            return folder;
        }
        throw new FileSystemException(path.toString(), null, "Not a directory");
    }

    private Name name(Path path) throws IOException {
        return new Name(folder(Obstacles.parent(path)), String.valueOf(path.getFileName()));
    }

    @Override
    public Optional<FileEntry> inspect(Path path) throws IOException {
        return Optional.ofNullable(find(path)).map(node -> switch (node) {
            case Content c -> new FileEntry(FileEntry.Kind.FILE, c.bytes.length, c.mode, device(path), Instant.EPOCH);
            case Folder f -> new FileEntry(FileEntry.Kind.DIRECTORY, 0, f.mode, device(path), Instant.EPOCH);
        });
    }

    /// The folder `mount` of the set is another file system.
    private static long device(Path path) {
        return path.startsWith("/etc/kubernetes/mount") ? 2 : 1;
    }

    @Override
    public InputStream open(Path path) throws IOException {
        return new ByteArrayInputStream(file(path).bytes);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return List.copyOf(folder(directory).names.keySet());
    }

    private void add(Path path, Node node) throws IOException {
        if (find(path) != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
        change(Map.of(name(path), Optional.of(node)));
    }

    @Override
    public NewFile create(Path path, FileMode mode) throws IOException {
        Content content = new Content(mode);
        add(path, content);
        return new ModelFile(content);
    }

    @Override
    public NewFile append(Path path) throws IOException {
        return new ModelFile(file(path));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Content moved = file(from);
        if (device(from) != device(to)) {
            throw new FileSystemException(from.toString(), to.toString(), "Invalid cross-device link");
        }
        if (find(to) instanceof Folder) {
            throw new FileSystemException(to.toString(), null, "Is a directory");
        }
        change(Map.of(name(from), Optional.empty(), name(to), Optional.of(moved)));
    }

    @Override
    public void delete(Path path) throws IOException {
        if (get(path) instanceof Folder folder && !folder.names.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        change(Map.of(name(path), Optional.empty()));
    }

    @Override
    public void makeDirectory(Path path, FileMode mode) throws IOException {
        add(path, new Folder(mode));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        Folder folder = folder(directory);
        Set<Pending> touching = new HashSet<>();
        pending.stream().filter(p -> p.touches(folder)).forEach(touching::add);
        persist(touching);
    }

    @Override
    public long usableSpace(Path existing) {
        return 1 << 30;
    }

    @Override
    public void checkWritable(Path directory) {}

    private final class ModelFile implements NewFile {
        private final Content content;

        private ModelFile(Content content) {
            this.content = content;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int end = content.bytes.length;
            byte[] longer = Arrays.copyOf(content.bytes, end + length);
            System.arraycopy(bytes, offset, longer, end, length);
            content.bytes = longer;
            String text = new String(longer, java.nio.charset.StandardCharsets.UTF_8);
            if (text.startsWith("KEY") && content.mode.opensToOthers()) {
                leaks.add(text);
            }
        }

        @Override
        public void sync() {
            content.durable = content.bytes;
        }

        @Override
        public void truncate(long size) {
            content.bytes = Arrays.copyOf(content.bytes, (int) size);
        }

        @Override
        public void close() {}
    }
}
