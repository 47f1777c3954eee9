package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file could not be read or written: what a person is told, and what to do about it.
public enum FileProblem {
    NO_SPACE(
            "there is no space left on the disk",
            "free some space there and run the command again",
            "No space left on device",
            "Disk quota exceeded"),
    READ_ONLY(
            "the file system is read-only",
            "mount it writable or choose another folder with --dir",
            "Read-only file system"),
    NAME_TOO_LONG("the path is too long", "use a shorter folder or name", "File name too long"),
    NOT_A_DIRECTORY(
            "a file stands where a folder is needed", "move it away or choose another folder", "Not a directory"),
    IS_A_DIRECTORY("a folder stands where a file is needed", "move it away", "Is a directory"),
    NOT_A_FILE("it is neither a file nor a folder", "put a file there"),
    SYMLINK(
            "a symbolic link is in the way and is never written through",
            "replace it by what it points to",
            "Too many levels of symbolic links"),
    PERMISSION(
            "permission is denied",
            "run as the owner of the folder or as root",
            "Permission denied",
            "Operation not permitted"),
    MISSING("it does not exist", "check the path", "No such file or directory"),
    EXISTS("it exists already", "move it away", "File exists"),
    TOO_LARGE("it is larger than any file of a PKI", "check the path", "File too large"),
    OUTSIDE("it lies outside the folders of this command", "name its folder with --cert-dir"),
    RESERVED("this name is kept for the records of kubepki itself", "choose another name"),
    IN_USE("another kubepki is writing here", "wait until it is done and run the command again"),
    DAMAGED("it was changed by someone else after an interrupted command", "see which files are right"),
    UNUSABLE("its content is not what it should be", "put the right file there"),
    IO("the disk reports an error", "check the disk and the kernel's log");

    private final String fault;
    private final String cure;
    // What the operating system says, parted by lines.
    private final String systemMessages;

    FileProblem(String fault, String cure, String... systemMessages) {
        this.fault = fault;
        this.cure = cure;
        this.systemMessages = String.join("\n", systemMessages);
    }

    String fault() {
        return fault;
    }

    String cure() {
        return cure;
    }

    /// Java gives most causes as the operating system's words only.
    static FileProblem of(IOException cause) {
        return switch (cause) {
            case AccessDeniedException e -> PERMISSION;
            case NoSuchFileException e -> MISSING;
            case NotDirectoryException e -> NOT_A_DIRECTORY;
            case FileAlreadyExistsException e -> EXISTS;
            default -> ofMessage(systemMessage(cause));
        };
    }

    private static FileProblem ofMessage(String message) {
        for (FileProblem problem : values()) {
            if (problem.systemMessages.lines().anyMatch(message::contains)) {
                return problem;
            }
        }
        return IO;
    }

    static String systemMessage(IOException cause) {
        String text = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return text == null ? "" : text;
    }
}
