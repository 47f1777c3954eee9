package dev.kubepki.cli.frame;

import java.util.List;
import java.util.Map;

/// A command line taken apart: the values given to each option by long name (a flag has an empty one), and the
/// operands.
record ParsedLine(Map<String, List<String>> options, List<String> operands) {
    boolean has(String name) {
        return options.containsKey(name);
    }
}
