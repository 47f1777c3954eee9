package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The right to change a set of files, held by one command at a time: a lock of the operating system on
/// `.kubepki/lock` in each root, gone with its process however that ends. Readers need none, see [FileView].
public final class DirectoryLock implements AutoCloseable {
    private final FileOperations operations;
    private final FileRoots roots;
    private final Deque<Held> held = new ArrayDeque<>();

    private DirectoryLock(FileOperations operations, FileRoots roots) {
        this.operations = operations;
        this.roots = roots;
    }

    private record Held(String claim, FileChannel channel) {}

    /// Takes the lock, making the roots if they are missing; doesn't wait.
    ///
    /// @throws FileFailure if another process or another part of this one holds it, or the folder can't be written
    public static DirectoryLock acquire(FileRoots roots) {
        DirectoryLock lock = new DirectoryLock(FileOperations.disk(), roots);
        try {
            // One order for everybody, or two commands could each hold what the other wants.
            for (Path root : new TreeSet<>(roots.all())) {
                lock.take(root);
            }
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e instanceof FileFailure f ? f.nothingChanged() : e;
        }
    }

    private void take(Path root) {
        Path file = FileRoots.control(root).resolve("lock");
        Path about = root;
        try {
            Folders.ensureRoot(operations, root);
            Folders.ensure(operations, FileRoots.control(root), FileMode.PRIVATE_DIRECTORY);
            about = file;
            makeFile(file);
            String claim = claim(file);
            try {
                held.push(new Held(claim, lock(file)));
            } catch (IOException | RuntimeException e) {
                System.getProperties().remove(claim);
                throw e;
            }
        } catch (IOException e) {
            throw FileFailure.of(about, e);
        }
    }

    private void makeFile(Path file) throws IOException {
        if (operations.inspect(file).isEmpty()) {
            try (FileOperations.NewFile made = operations.create(file, FileMode.OWNER_ONLY)) {
                made.sync();
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another command made it just now: the lock decides between the two.
            }
        }
    }

    /// The operating system's lock belongs to the whole process and is lost as soon as any part of it closes the
    /// file, so a second user within this process must not even open it. System properties are the one table that
    /// everything in a JVM has in common, whichever class loader brought it.
    private static String claim(Path file) throws IOException {
        Path real = file.toRealPath(LinkOption.NOFOLLOW_LINKS);
        String claim = "dev.kubepki.lock."
                + Files.getAttribute(real, "unix:dev", LinkOption.NOFOLLOW_LINKS) + "."
                + Files.getAttribute(real, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        if (System.getProperties().putIfAbsent(claim, file.toString()) != null) {
            throw FileFailure.of(
                    file,
                    FileProblem.IN_USE,
                    "process " + ProcessHandle.current().pid() + ", this one");
        }
        return claim;
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw FileFailure.of(file, FileProblem.IN_USE, "process " + owner(channel));
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? pid : "unknown";
    }

    FileOperations operations() {
        check();
        return operations;
    }

    FileRoots roots() {
        check();
        return roots;
    }

    private void check() {
        if (held.isEmpty()) {
            throw new IllegalStateException("the lock is given back");
        }
    }

    /// The locked folders' files in `.kubepki`.
    public List<Path> files() {
        return roots.all().stream()
                .map(r -> FileRoots.control(r).resolve("lock"))
                .toList();
    }

    /// Gives the lock back; its file stays, since deleting it would let two later commands lock two different files.
    @Override
    public void close() {
        while (!held.isEmpty()) {
            Held each = held.pop();
            try {
                each.channel().close();
            } catch (IOException e) {
                // The lock is the file descriptor's; it is gone even when closing reports an error.
            } finally {
                System.getProperties().remove(each.claim());
            }
        }
    }
}
