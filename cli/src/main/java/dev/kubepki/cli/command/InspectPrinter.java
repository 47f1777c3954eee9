package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Style;
import dev.kubepki.pki.inspect.Facts;
import dev.kubepki.pki.inspect.Facts.Fact;
import dev.kubepki.pki.inspect.Inspection;
import dev.kubepki.pki.inspect.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Facts for people: a heading, a line a fact, then what is to be minded. Everything foreign is escaped here.
final class InspectPrinter {
    private static final int INDENT = 2;

    private final Invocation in;
    private final PrintStream out;
    private final Style style;
    private boolean first = true;

    InspectPrinter(Invocation in) {
        this.in = in;
        this.out = in.out();
        this.style = in.style();
    }

    void print(Inspection inspection) {
        List<Facts> contents =
                new InspectFileStates(in).complete(inspection.facts(in.clock().instant()));
        String name = SafeText.escape(inspection.name());
        boolean single = contents.size() == 1;
        if (!single) {
            gap();
            out.println(style.bold(name) + ": " + contents.size() + " things");
        }
        for (int i = 0; i < contents.size(); i++) {
            gap();
            Facts facts = contents.get(i);
            String heading = single ? name : "[" + (i + 1) + "]";
            out.println(style.bold(heading) + (single ? ": " : " ") + SafeText.escape(facts.title()));
            body(facts, INDENT);
        }
        for (String note : inspection.notes()) {
            out.println((single ? "  " : "") + "Note: " + SafeText.escape(note));
        }
    }

    private void gap() {
        if (!first) {
            out.println();
        }
        first = false;
    }

    private void body(Facts facts, int indent) {
        int width = 0;
        for (Fact fact : facts.facts()) {
            boolean inner = fact.value() instanceof Facts.Inner;
            width = inner ? width : Math.max(width, fact.label().length());
        }
        for (Fact fact : facts.facts()) {
            if (fact.value() instanceof Facts.Inner(List<Facts> things)) {
                inner(fact.label(), things, indent);
            } else if (!fact.label().isEmpty()) {
                line(fact, indent, width);
            }
        }
        for (Facts.Note note : facts.notes()) {
            String text = SafeText.escape(note.text());
            out.println(" ".repeat(indent) + (note.warning() ? style.yellow("Warning: " + text) : "Note: " + text));
        }
    }

    private void line(Fact fact, int indent, int width) {
        String label = fact.label() + ":" + " ".repeat(width - fact.label().length() + 1);
        List<String> lines = lines(fact.value(), in.width() - indent - label.length());
        for (int i = 0; i < lines.size(); i++) {
            String start = i == 0 ? style.faint(label) : " ".repeat(label.length());
            out.println((" ".repeat(indent) + start + lines.get(i)).stripTrailing());
        }
    }

    /// Several texts on one line where they fit, else one a line.
    private static List<String> lines(Facts.Value value, int room) {
        return switch (value) {
            case Facts.Text(String text) -> List.of(SafeText.escape(text));
            case Facts.Count(long number) -> List.of(Long.toString(number));
            case Facts.Truth(boolean truth) -> List.of(truth ? "yes" : "no");
            case Facts.Inner inner -> List.of();
            case Facts.Texts(List<String> texts) -> {
                List<String> safe = new ArrayList<>();
                texts.forEach(text -> safe.add(SafeText.escape(text)));
                String joined = String.join(", ", safe);
                yield joined.length() <= room ? List.of(joined) : safe;
            }
        };
    }

    private void inner(String label, List<Facts> things, int indent) {
        int deeper = indent;
        if (!label.isEmpty()) {
            out.println(" ".repeat(indent) + style.faint(label + ":"));
            deeper += INDENT;
        }
        for (Facts thing : things) {
            if (thing.title().isEmpty()) {
                body(thing, deeper);
            } else {
                out.println(" ".repeat(deeper) + style.bold(SafeText.escape(thing.title())));
                body(thing, deeper + INDENT);
            }
        }
    }
}
