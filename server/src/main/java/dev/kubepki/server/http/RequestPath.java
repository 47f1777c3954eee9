package dev.kubepki.server.http;

import java.util.ArrayList;
import java.util.List;

/// The path of a URL, taken apart in the one way that leaves no doubt: a slash in a name, a segment that means another
/// folder, an empty segment and control characters are refused.
///
/// @param text decoded, as it was sent
/// @param segments decoded, without the empty one after a slash at the end
record RequestPath(String text, List<String> segments) {
    /// Longer ones are nobody's honest request.
    private static final int MOST_SEGMENTS = 64;

    /// Reads one.
    ///
    /// @throws PathFailure for a path that is refused
    static RequestPath of(String raw) {
        if (!raw.startsWith("/")) {
            throw new PathFailure("the path must begin with a slash");
        }
        List<String> segments = new ArrayList<>(8);
        int from = 1;
        while (from < raw.length()) {
            int slash = raw.indexOf('/', from);
            int end = slash < 0 ? raw.length() : slash;
            segments.add(segment(raw.substring(from, end)));
            if (segments.size() > MOST_SEGMENTS) {
                throw new PathFailure("the path has more than " + MOST_SEGMENTS + " segments");
            }
            from = end + 1;
        }
        String text = raw.indexOf('%') < 0 ? raw : PercentText.decode(raw, false);
        return new RequestPath(text, List.copyOf(segments));
    }

    /// Whether the text can be one segment of a path (IsValidPathSegmentName in apimachinery).
    static boolean isSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('%') < 0;
    }

    private static String segment(String raw) {
        String decoded = PercentText.decode(raw, false);
        if (decoded.isEmpty()) {
            throw new PathFailure("the path has an empty segment");
        }
        if (decoded.equals(".") || decoded.equals("..")) {
            throw new PathFailure("the path has the segment \"" + decoded + "\"");
        }
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c == '/') {
                throw new PathFailure("the path has an encoded slash");
            }
            if (Character.isISOControl(c)) {
                throw new PathFailure("the path has a control character");
            }
        }
        return decoded;
    }
}
