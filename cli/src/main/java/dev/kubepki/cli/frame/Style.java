package dev.kubepki.cli.frame;

/// Bold and colours, or plain text where they are off.
///
/// @param on whether escape sequences are written
public record Style(boolean on) {
    private static final char ESCAPE = 0x1b;

    /// Heavier.
    public String bold(String text) {
        return wrap("1", text);
    }

    /// For what is wrong.
    public String red(String text) {
        return wrap("31", text);
    }

    /// For what needs a look soon.
    public String yellow(String text) {
        return wrap("33", text);
    }

    /// For what is right.
    public String green(String text) {
        return wrap("32", text);
    }

    /// For what is beside the point.
    public String faint(String text) {
        return wrap("2", text);
    }

    private String wrap(String code, String text) {
        return on && !text.isEmpty() ? ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m" : text;
    }

    /// How many columns a text takes, escape sequences not counted.
    static int width(String text) {
        int columns = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ESCAPE) {
                escaped = true;
            } else if (escaped) {
                escaped = c != 'm';
            } else if (!Character.isLowSurrogate(c)) {
                columns++;
            }
        }
        return columns;
    }
}
