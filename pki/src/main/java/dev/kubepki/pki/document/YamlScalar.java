package dev.kubepki.pki.document;

import dev.kubepki.pki.document.Scalar.Kind;

/// How Go's YAML writer shows one scalar: plain where that reads back as the same text, else in quotes, or as a
/// literal block if it has line feeds; folded at the first blank behind column 80.
final class YamlScalar {
    /// The longest name, in bytes, that stands before its colon; a longer one is written behind a question mark.
    private static final int LONGEST_SIMPLE_KEY = 128;

    private static final int WIDTH = 80;

    private final String text;
    private final int level;
    private final boolean folds;
    private final StringBuilder out;
    private int column;

    private YamlScalar(String text, int level, boolean folds, StringBuilder out) {
        this.text = text;
        this.level = level;
        this.folds = folds;
        this.out = out;
        this.column = out.codePointCount(out.lastIndexOf("\n") + 1, out.length());
    }

    /// Whether a name can stand before its colon on one line.
    static boolean isSimpleKey(String text) {
        return !Characters.hasBreak(text) && Characters.utf8Length(text) <= LONGEST_SIMPLE_KEY;
    }

    static void simpleKey(String text, StringBuilder out) {
        new YamlScalar(Characters.wellFormed(text), 0, false, out).flow();
    }

    /// Writes a value and ends its line.
    ///
    /// @param level the indent of the lines below the first
    static void value(Scalar scalar, int level, StringBuilder out) {
        if (scalar.isString()) {
            string(scalar.text(), level, out);
        } else {
            out.append(scalar.kind() == Kind.FLOAT ? Numbers.yaml(scalar.text()) : scalar.text())
                    .append('\n');
        }
    }

    /// Writes a string and ends its line.
    static void string(String text, int level, StringBuilder out) {
        YamlScalar scalar = new YamlScalar(Characters.wellFormed(text), level, true, out);
        if (text.indexOf('\n') >= 0 && Characters.allowBlock(scalar.text)) {
            scalar.literal();
        } else {
            scalar.flow();
            out.append('\n');
        }
    }

    private void flow() {
        if (text.indexOf('\n') >= 0 || Resolver.needsQuotes(text)) {
            doubleQuoted();
        } else if (Characters.allowPlain(text)) {
            plain();
        } else if (Characters.allowSingleQuotes(text)) {
            singleQuoted();
        } else {
            doubleQuoted();
        }
    }

    private void plain() {
        for (int i = 0; i < text.length(); i++) {
            if (foldsAt(i) && !isSpace(i + 1)) {
                newLine();
            } else {
                put(text.charAt(i));
            }
        }
    }

    private void singleQuoted() {
        put('\'');
        boolean broken = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (broken && !Characters.isBreak(c)) {
                out.repeat(' ', level);
                column = level;
            }
            broken = Characters.isBreak(c);
            if (foldsAt(i) && i > 0 && i < text.length() - 1 && !isSpace(i + 1)) {
                newLine();
                continue;
            }
            if (c == '\'') {
                put(c);
            }
            put(c);
            column = broken ? 0 : column;
        }
        put('\'');
    }

    private void doubleQuoted() {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            if (foldsAt(i) && i > 0 && i < text.length() - 1) {
                newLine();
                if (isSpace(i + 1)) {
                    put('\\');
                }
            } else {
                int c = text.codePointAt(i);
                i += Character.charCount(c) - 1;
                String shown = Characters.escaped(c);
                out.append(shown);
                column += shown.codePointCount(0, shown.length());
            }
        }
        put('"');
    }

    private void literal() {
        out.append('|');
        if (isSpace(0) || Characters.isBreak(text.charAt(0))) {
            out.append('2');
        }
        int end = text.length() - 1;
        if (!Characters.isBreak(text.charAt(end))) {
            out.append('-');
        } else if (end == 0 || Characters.isBreak(text.charAt(end - 1))) {
            out.append('+');
        }
        out.append('\n');
        boolean atStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (atStart && !Characters.isBreak(c)) {
                out.repeat(' ', level);
            }
            atStart = Characters.isBreak(c);
            out.append(c);
        }
        if (!atStart) {
            out.append('\n');
        }
    }

    /// Only the first of several blanks can be where a line is folded.
    private boolean foldsAt(int i) {
        return folds && column > WIDTH && isSpace(i) && !isSpace(i - 1);
    }

    private boolean isSpace(int i) {
        return i >= 0 && i < text.length() && text.charAt(i) == ' ';
    }

    private void newLine() {
        out.append('\n').repeat(' ', level);
        column = level;
    }

    private void put(char c) {
        out.append(c);
        column += Character.isLowSurrogate(c) ? 0 : 1;
    }
}
