package dev.kubepki.cli.frame;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/// What the operating system said about a file, as a sentence for people.
final class FailureText {
    private record Reason(String words, String sentence) {}

    private record Kind(Class<? extends FileSystemException> type, String sentence) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(NoSuchFileException.class, "there is no such file or folder; check the path"),
            new Kind(AccessDeniedException.class, "permission denied; run as a user who may use it"),
            new Kind(FileAlreadyExistsException.class, "it exists already; move it away first"),
            new Kind(NotDirectoryException.class, "it is no folder; check the path"),
            new Kind(DirectoryNotEmptyException.class, "the folder is not empty; empty it first"),
            new Kind(FileSystemLoopException.class, "symbolic links lead in a circle; mend them"));

    // The texts of strerror(3), which the JDK passes on.
    private static final List<Reason> REASONS = List.of(
            new Reason("No space left on device", "no space left on the device; free some and run it again"),
            new Reason("Disk quota exceeded", "the disk quota is used up; free some space and run it again"),
            new Reason("Read-only file system", "the file system is read-only; name another folder or remount it"),
            new Reason("Too many levels of symbolic links", "symbolic links lead in a circle; mend them"),
            new Reason("Is a directory", "it is a folder, not a file; check the path"),
            new Reason("Not a directory", "a part of the path is no folder; check the path"),
            new Reason("File name too long", "the name is too long for this file system; shorten it"),
            new Reason("Operation not permitted", "the system does not permit it; run as a user who may"),
            new Reason("Too many open files", "too many files are open; raise the limit with ulimit -n"));

    private FailureText() {}

    static String of(IOException failure) {
        if (failure instanceof FileSystemException named && named.getFile() != null) {
            return named.getFile() + ": " + sentence(named);
        }
        if (failure instanceof UnknownHostException) {
            return failure.getMessage() + ": no such host; check the name";
        }
        if (failure instanceof CharacterCodingException) {
            return "the input is not UTF-8 text";
        }
        String message = String.valueOf(failure.getMessage());
        for (Reason reason : REASONS) {
            if (message.contains(reason.words())) {
                return reason.sentence();
            }
        }
        return failure.getMessage() == null ? "input or output failed" : message;
    }

    private static String sentence(FileSystemException failure) {
        for (Kind kind : KINDS) {
            if (kind.type().isInstance(failure)) {
                return kind.sentence();
            }
        }
        String words = String.valueOf(failure.getReason());
        for (Reason reason : REASONS) {
            if (words.contains(reason.words())) {
                return reason.sentence();
            }
        }
        return failure.getReason() == null ? "the file system refused it" : words;
    }
}
