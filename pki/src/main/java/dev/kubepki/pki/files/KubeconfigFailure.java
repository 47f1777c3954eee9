package dev.kubepki.pki.files;

import java.nio.file.Path;

/// A kubeconfig that can't be used or changed as asked: one sentence that names the file, the field and what is wrong,
/// and never a secret.
public final class KubeconfigFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    KubeconfigFailure(Path file, int line, String field, String message) {
        super(file + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + " ") + message);
    }

    KubeconfigFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
