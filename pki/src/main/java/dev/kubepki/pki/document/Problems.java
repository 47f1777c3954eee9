package dev.kubepki.pki.document;

import java.util.ArrayList;
import java.util.List;

/// Collects everything that is wrong with one file, so that a person hears it all at once.
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(int line, String path, String message) {
        found.add(new Problem(file, line, path, message));
    }

    public void add(Node where, String path, String message) {
        add(where.line(), path, message);
    }

    public String file() {
        return file;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// What was found so far, from the file's top to its end.
    public List<Problem> list() {
        return found.stream().sorted(Problem.BY_PLACE).toList();
    }
}
