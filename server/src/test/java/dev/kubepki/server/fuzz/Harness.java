package dev.kubepki.server.fuzz;

/// Where the fuzzer enters: `-Dkubepki.fuzz=TARGET` names one of [FuzzTarget].
public final class Harness {
    private static final FuzzTarget TARGET = FuzzTarget.valueOf(System.getProperty("kubepki.fuzz", "JSON_PATCH"));

    private Harness() {}

    /// Called by the fuzzer once. Loads and instruments the classes, which would count as time of the first inputs.
    public static void fuzzerInitialize() {
        new Seeds().of(TARGET).forEach(TARGET::read);
    }

    /// Called by the fuzzer for each input.
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
