package dev.kubepki.api.codec;

import dev.kubepki.api.failure.Rendering;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where in a document a decoder is, and what strict decoding holds against the document.
final class DecodePath {
    /// As many problems as clients are told of.
    private static final int MAX_PROBLEMS = 100;

    private static final int FIELD = -1;
    private static final int KEY = -2;

    // Arrays, as every value of every document passes here.
    private String[] names = new String[16];
    private int[] indexes = new int[16];
    private int depth;
    private final Set<String> problems = new LinkedHashSet<>();

    void field(String name) {
        enter(name, FIELD);
    }

    void key(String name) {
        enter(name, KEY);
    }

    void index(int index) {
        enter("", index);
    }

    void leave() {
        depth--;
    }

    void unknown(String name) {
        problem("unknown field ", name);
    }

    void duplicate(String name) {
        problem("duplicate field ", name);
    }

    /// In the order of the text.
    List<String> problems() {
        return List.copyOf(problems);
    }

    /// The fields that lead here, without keys of maps and indexes.
    String fields() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (indexes[i] == FIELD) {
                out.append(out.isEmpty() ? "" : ".").append(names[i]);
            }
        }
        return out.toString();
    }

    private void enter(String name, int index) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
        names[depth] = name;
        indexes[depth++] = index;
    }

    private void problem(String what, String name) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(what + Rendering.quote(path(name)));
        }
    }

    private String path(String last) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (indexes[i] >= 0) {
                out.append('[').append(indexes[i]).append(']');
            } else {
                out.append(out.isEmpty() ? "" : ".").append(names[i]);
            }
        }
        return out.append(out.isEmpty() ? "" : ".").append(last).toString();
    }
}
