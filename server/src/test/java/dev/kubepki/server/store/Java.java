package dev.kubepki.server.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts Java with the classes of these tests.
final class Java {
    private Java() {}

    /// A process that runs a class, started through other programs if some are named.
    static ProcessBuilder running(Class<?> type, List<String> through, String... arguments) {
        List<String> line = new ArrayList<>(through);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
        line.add(System.getProperty("java.class.path"));
        line.add(type.getName());
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line);
    }
}
