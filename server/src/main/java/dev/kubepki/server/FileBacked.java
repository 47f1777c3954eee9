package dev.kubepki.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A value that is read from files, and read again when one of them changed. What can't be read leaves the old value in
/// place: files are often written one after another.
final class FileBacked<T> implements Supplier<T> {
    private static final Logger LOG = System.getLogger(FileBacked.class.getName());

    private final String what;
    private final List<Path> files;
    private final LongSupplier period;
    private final Reader<T> reader;
    private final List<Consumer<T>> followers = new ArrayList<>();
    private volatile T value;
    private List<String> state;

    /// Makes a value.
    interface Reader<T> {
        T read() throws ServerFailure;
    }

    /// Reads it for the first time.
    ///
    /// @param what it is, for the log
    FileBacked(String what, List<Path> files, Reader<T> reader) throws ServerFailure {
        this(what, files, () -> 0, reader);
    }

    /// Of what must be made anew from time to time, also when no file changed.
    ///
    /// @param period another number when it is time
    FileBacked(String what, List<Path> files, LongSupplier period, Reader<T> reader) throws ServerFailure {
        this.what = what;
        this.period = period;
        this.files = List.copyOf(files);
        this.reader = reader;
        this.state = look();
        this.value = reader.read();
    }

    @Override
    public T get() {
        return value;
    }

    /// Calls it with each value that comes after.
    void follow(Consumer<T> follower) {
        followers.add(follower);
    }

    /// Reads anew when a file changed.
    synchronized void poll() {
        List<String> now = look();
        if (now.equals(state)) {
            return;
        }
        try {
            T fresh = reader.read();
            state = now;
            value = fresh;
            LOG.log(Level.INFO, "read " + what + " anew");
            followers.forEach(follower -> follower.accept(fresh));
        } catch (ServerFailure | RuntimeException e) {
            LOG.log(Level.WARNING, "kept the old " + what + ": " + e.getMessage());
        }
    }

    /// What tells one content from another without reading it.
    private List<String> look() {
        List<String> found = new ArrayList<>(files.size() + 1);
        found.add(Long.toString(period.getAsLong()));
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                found.add(attributes.lastModifiedTime().toInstant() + " " + attributes.size() + " "
                        + attributes.fileKey());
            } catch (IOException e) {
                found.add("missing");
            }
        }
        return found;
    }
}
