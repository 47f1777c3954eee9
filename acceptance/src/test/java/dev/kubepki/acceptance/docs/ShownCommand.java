package dev.kubepki.acceptance.docs;

import java.util.ArrayList;
import java.util.List;

/// A command that a document shows after `$ `, continued after `> `, with the output below it.
record ShownCommand(int line, String command, String output) {
    private static final String PROMPT = "$ ";
    private static final String CONTINUED = "> ";

    /// Every command of the blocks that begin with ```` ```console ````.
    static List<ShownCommand> in(String document) {
        List<ShownCommand> commands = new ArrayList<>();
        List<String> lines = document.lines().toList();
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!inside) {
                inside = line.equals("```console");
            } else if (line.equals("```")) {
                inside = false;
            } else if (line.startsWith(PROMPT)) {
                commands.add(new ShownCommand(i + 1, line.substring(PROMPT.length()), ""));
            } else {
                commands.add(commands.removeLast().with(line));
            }
        }
        return commands;
    }

    private ShownCommand with(String further) {
        return output.isEmpty() && further.startsWith(CONTINUED)
                ? new ShownCommand(line, command + "\n" + further.substring(CONTINUED.length()), output)
                : new ShownCommand(line, command, output + further + "\n");
    }
}
