package dev.kubepki.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Properties;

/// Facts about this process that only a report of a fault needs.
final class RunningProgram {
    private static final String UNKNOWN = "unknown";
    private static final String AOT_FLAG = "-XX:AOTCache=";

    private RunningProgram() {}

    /// The commit that the build was made from. An unfiltered resource still holds the placeholder.
    static String commit() throws IOException {
        try (InputStream resource = RunningProgram.class.getResourceAsStream("/dev/kubepki/cli/build.properties")) {
            Properties build = new Properties();
            if (resource != null) {
                build.load(resource);
            }
            String commit = build.getProperty("commit", "");
            return commit.isEmpty() || commit.startsWith("${") ? UNKNOWN : commit;
        }
    }

    /// The jar or folder that the program's classes come from.
    static String location() {
        CodeSource source = RunningProgram.class.getProtectionDomain().getCodeSource();
        return source == null
                ? UNKNOWN
                : Path.of(URI.create(source.getLocation().toString())).toString();
    }

    static String aotCache() {
        try {
            return aotCache(
                    Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8),
                    Files.readString(Path.of("/proc/self/maps"), StandardCharsets.UTF_8));
        } catch (IOException noProc) {
            return UNKNOWN;
        }
    }

    /// The virtual machine goes without a cache that does not fit, and says nothing; but one that it uses is mapped
    /// into its memory. By proc(5), cmdline separates the arguments by zero bytes, and a line of maps ends with the
    /// file's path.
    static String aotCache(String cmdline, String maps) {
        for (String argument : cmdline.split("\0", -1)) {
            if (argument.startsWith(AOT_FLAG)) {
                String file = argument.substring(AOT_FLAG.length());
                String name = file.substring(file.lastIndexOf('/') + 1);
                return maps.contains("/" + name + "\n") ? "in use: " + file : "not in use, it does not fit: " + file;
            }
        }
        return "none";
    }
}
