package dev.kubepki.server.http;

/// The token of an Authorization header.
final class Bearer {
    private static final String SCHEME = "bearer";

    private Bearer() {}

    /// The token, or the empty text.
    static String of(ApiRequest request) {
        String header = request.headerText("Authorization").strip();
        int blank = header.indexOf(' ');
        if (blank < 0 || !header.substring(0, blank).equalsIgnoreCase(SCHEME)) {
            return "";
        }
        String token = header.substring(blank + 1).strip();
        int end = token.indexOf(' ');
        return end < 0 ? token : token.substring(0, end);
    }
}
