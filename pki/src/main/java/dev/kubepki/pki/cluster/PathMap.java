package dev.kubepki.pki.cluster;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.document.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a person's hosts keep the files of a set, under names of their own.
///
/// The keys of the map are files (`pki/apiserver.crt`, or `apiserver.crt` below `pki`) or names of the catalogue
/// (`apiserver`), whose value then is the path without `.crt`, `.key` or `.pub`.
public final class PathMap {
    private static final String PKI = "pki/";

    private final Map<String, String> byFile;

    private PathMap(Map<String, String> byFile) {
        this.byFile = Map.copyOf(byFile);
    }

    /// Reads a map in YAML.
    ///
    /// @throws DocumentFailure if it isn't one, or names a file that no set has
    public static PathMap parse(String file, byte[] content) {
        Node root = Documents.readOne(file, content).root();
        if (!(root instanceof Mapping mapping)) {
            throw failure(file, root.line(), "", "must name files and their paths, not " + root.described());
        }
        Map<String, String> byFile = new LinkedHashMap<>();
        for (Mapping.Entry entry : mapping.entries()) {
            if (!(entry.value() instanceof Scalar path)
                    || !path.isString()
                    || path.text().isEmpty()) {
                throw failure(file, entry.line(), entry.key(), "must be a path");
            }
            List<String> files = files(entry.key());
            if (files.isEmpty()) {
                throw failure(
                        file, entry.line(), entry.key(), "is neither a file of a set nor a name of its catalogue");
            }
            boolean bare = CertificateName.parse(entry.key()).isPresent() && !files.contains(entry.key());
            files.forEach(f -> byFile.put(f, bare ? path.text() + f.substring(f.lastIndexOf('.')) : path.text()));
        }
        return new PathMap(byFile);
    }

    /// Where a file is kept; empty where the map doesn't say. The path may be relative.
    public Optional<String> of(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    private static List<String> files(String key) {
        List<String> files = new ArrayList<>();
        for (Catalogue.Row row : Catalogue.ROWS) {
            for (String path : row.output().paths()) {
                if (row.name().label().equals(key) || path.equals(key) || path.equals(PKI + key)) {
                    files.add(path);
                }
            }
        }
        return files;
    }

    private static DocumentFailure failure(String file, int line, String key, String message) {
        return new DocumentFailure(new Problem(file, line, key, message));
    }
}
