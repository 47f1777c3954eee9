package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that could not be read or written. Its message is one sentence for people: the path, what is wrong, what
/// became of the change, and what to do.
public final class FileFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path path;
    private final FileProblem problem;
    private final String detail;

    private FileFailure(Path path, FileProblem problem, String detail, String outcome, @Nullable Throwable cause) {
        super(path + ": " + problem.fault() + detail + outcome + "; " + problem.cure(), cause);
        this.path = path;
        this.problem = problem;
        this.detail = detail;
    }

    static FileFailure of(Path path, FileProblem problem) {
        return new FileFailure(path, problem, "", "", null);
    }

    /// @param detail more about this case, shown in brackets
    static FileFailure of(Path path, FileProblem problem, String detail) {
        return new FileFailure(path, problem, " (" + detail + ")", "", null);
    }

    /// Words for an error of the operating system.
    static FileFailure of(Path path, IOException cause) {
        FileProblem problem = FileProblem.of(cause);
        String message = FileProblem.systemMessage(cause);
        String detail = problem == FileProblem.IO && !message.isEmpty() ? " (" + message + ")" : "";
        return new FileFailure(path, problem, detail, "", cause);
    }

    /// Says too that the folder is as it was before.
    FileFailure nothingChanged() {
        return new FileFailure(path, problem, detail, ", nothing was changed", this);
    }

    /// Says too that the change is decided and only waits for the trouble to go.
    FileFailure pending(Path journal) {
        String outcome = ", the change is kept in " + journal + " and the next kubepki command on this folder that"
                + " writes finishes it";
        return new FileFailure(path, problem, detail, outcome, this);
    }

    /// The file or folder that is the trouble.
    public Path path() {
        return path;
    }

    public FileProblem problem() {
        return problem;
    }
}
