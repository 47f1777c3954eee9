package dev.kubepki.pki.document;

/// A text that can't be read as YAML or JSON. The message names file and line and holds no value of the file.
public final class DocumentFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public DocumentFailure(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    DocumentFailure(String file, int line, String message) {
        this(new Problem(file, line, "", message));
    }

    public Problem problem() {
        return problem;
    }
}
