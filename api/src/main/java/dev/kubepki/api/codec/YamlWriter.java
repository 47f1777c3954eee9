package dev.kubepki.api.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Writes YAML as Kubernetes does: keys sorted, lists not indented below their key, quotes where they are needed.
final class YamlWriter {
    private static final int WIDTH = 80;
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private final StringBuilder out = new StringBuilder();

    static String write(JsonNode tree) {
        YamlWriter writer = new YamlWriter();
        if (isBlock(tree)) {
            writer.block(tree, 0, true);
        } else {
            writer.inline(tree, 0);
        }
        return writer.out.toString();
    }

    private static boolean isBlock(JsonNode node) {
        return node.isContainer() && !node.isEmpty();
    }

    /// @param first whether the line is already there, as after a dash
    private void block(JsonNode node, int indent, boolean first) {
        boolean begun = first;
        if (node.isArray()) {
            for (JsonNode element : node) {
                indent(begun ? 0 : indent);
                begun = false;
                out.append("- ");
                if (isBlock(element)) {
                    block(element, indent + 2, true);
                } else {
                    inline(element, indent + 2);
                }
            }
            return;
        }
        for (Map.Entry<String, JsonNode> member : sorted(node)) {
            indent(begun ? 0 : indent);
            begun = false;
            key(member.getKey());
            JsonNode value = member.getValue();
            if (isBlock(value)) {
                out.append('\n');
                block(value, value.isArray() ? indent : indent + 2, false);
            } else {
                out.append(' ');
                inline(value, indent + 2);
            }
        }
    }

    private void key(String key) {
        if (key.length() > 128 || key.indexOf('\n') >= 0) {
            out.append("? ");
            quoted(key, 2);
            out.append('\n');
        } else {
            text(key, Integer.MIN_VALUE);
        }
        out.append(':');
    }

    /// What fits behind a key or dash, and the line's end.
    private void inline(JsonNode node, int indent) {
        switch (node.getNodeType()) {
            case OBJECT -> out.append("{}");
            case ARRAY -> out.append("[]");
            case STRING -> {
                if (node.stringValue().indexOf('\n') >= 0 && literalCan(node.stringValue())) {
                    literal(node.stringValue(), indent);
                    return;
                }
                text(node.stringValue(), indent);
            }
            case NUMBER -> out.append(node.isIntegralNumber() ? node.asString() : Numbers.text(node.doubleValue()));
            case BOOLEAN -> out.append(node.booleanValue());
            default -> out.append("null");
        }
        out.append('\n');
    }

    /// @param indent of further lines; negative when there may be none
    private void text(String text, int indent) {
        if (!YamlScalars.isText(text) || isTime(text) || isSexagesimal(text) || !isPrintable(text)) {
            quoted(text, indent);
        } else if (plainCan(text)) {
            folded(text, indent, false);
        } else {
            out.append('\'');
            folded(text.replace("'", "''"), indent, true);
            out.append('\'');
        }
    }

    private static boolean plainCan(String text) {
        char first = text.charAt(0);
        boolean mark = INDICATORS.indexOf(first) >= 0;
        boolean harmless = "-?:".indexOf(first) >= 0 && text.length() > 1 && text.charAt(1) != ' ';
        boolean document = text.startsWith("---") || text.startsWith("...");
        return (!mark || harmless)
                && !document
                && first != ' '
                && !text.endsWith(" ")
                && !text.contains(": ")
                && !text.endsWith(":")
                && !text.contains(" #")
                && text.indexOf('\n') < 0;
    }

    /// Long texts are broken at a space.
    private void folded(String text, int indent, boolean quoted) {
        int column = out.length() - out.lastIndexOf("\n") - 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inside = i > 0 && i < text.length() - 1;
            boolean alone = inside && text.charAt(i - 1) != ' ' && text.charAt(i + 1) != ' ';
            if (c == ' ' && column > WIDTH && indent >= 0 && (quoted ? alone : inside && alone)) {
                out.append('\n');
                indent(indent);
                column = indent;
            } else {
                out.append(c);
                column++;
            }
        }
    }

    private void quoted(String text, int indent) {
        int column = out.length() - out.lastIndexOf("\n") - 1;
        int start = out.length();
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean inside = i > 1 && i < text.length();
            if (point == ' ' && inside && indent >= 0 && column + out.length() - start > WIDTH) {
                out.append('\n');
                indent(indent);
                out.append(text.charAt(i) == ' ' ? "\\" : "");
                start = out.length();
                column = indent;
            } else {
                escaped(point);
            }
        }
        out.append('"');
    }

    private void escaped(int point) {
        int letter = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029".indexOf(point);
        if (letter >= 0) {
            out.append('\\').append("0abtnvfre\"\\N_LP".charAt(letter));
        } else if (isPrintable(point)) {
            out.appendCodePoint(point);
        } else {
            String form = point <= 0xff ? "\\x%02X" : point <= 0xffff ? "\\u%04X" : "\\U%08X";
            out.append(String.format(Locale.ROOT, form, point));
        }
    }

    /// Lines as they are. No line may end with a space, as an editor would take it away.
    private static boolean literalCan(String text) {
        return isPrintable(text.replace("\n", "")) && !text.contains(" \n") && !text.endsWith(" ");
    }

    private void literal(String text, int indent) {
        String hint = text.startsWith(" ") || text.startsWith("\n") ? "2" : "";
        boolean keeps = text.endsWith("\n\n") || text.equals("\n");
        out.append('|')
                .append(hint)
                .append(keeps ? "+" : text.endsWith("\n") ? "" : "-")
                .append('\n');
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            indent(line.isEmpty() ? 0 : indent);
            out.append(line).append('\n');
        }
    }

    private void indent(int indent) {
        out.repeat(' ', indent);
    }

    /// Texts that YAML 1.1 takes for a time.
    private static boolean isTime(String text) {
        if (text.length() < 8
                || text.charAt(4) != '-'
                || !text.substring(0, 4).chars().allMatch(Character::isDigit)) {
            return false;
        }
        return text.matches("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                + "([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
                + "| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?)?");
    }

    /// Texts that YAML 1.1 takes for a number of base 60.
    private static boolean isSexagesimal(String text) {
        return text.indexOf(':') > 0 && text.matches("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().allMatch(YamlWriter::isPrintable);
    }

    private static boolean isPrintable(int point) {
        return (point >= ' ' && point < 0x7f)
                || (point > 0xa0 && point < 0xd800 && point != 0x2028 && point != 0x2029)
                || (point > 0xdfff && point < 0xfffe && point != 0xfeff);
    }

    private static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        members.sort(Map.Entry.comparingByKey(NaturalOrder.INSTANCE));
        return members;
    }
}
