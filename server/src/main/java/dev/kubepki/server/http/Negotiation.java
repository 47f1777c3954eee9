package dev.kubepki.server.http;

import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.failure.ApiFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the form of an answer by the Accept header, and whether a person reads it.
final class Negotiation {
    /// Clients ask in few ways, and each of them many times.
    private static final int REMEMBERED = 256;

    private static final int LONGEST_REMEMBERED = 512;
    private static final List<String> PRETTY_AGENTS = List.of("curl", "Wget", "Mozilla/5.0");

    /// Where an answer goes.
    enum Use {
        ONE,
        LIST,
        WATCH
    }

    private record Question(Use use, String accept) {}

    private final Map<Question, MediaType> known = new ConcurrentHashMap<>();

    /// The form.
    ///
    /// @throws ApiFailure 406 when no clause can be met
    MediaType of(ApiRequest request, Query query, Use use) {
        String accept = request.value("Accept");
        Question question = new Question(use, accept);
        MediaType found = known.get(question);
        if (found == null) {
            found = use == Use.WATCH ? MediaType.ofWatch(accept) : MediaType.of(accept, use == Use.LIST);
            if (known.size() < REMEMBERED && accept.length() < LONGEST_REMEMBERED) {
                known.put(question, found);
            }
        }
        return use == Use.WATCH ? found : shown(found, request, query);
    }

    /// The form of a failure: JSON when nothing else is understood.
    MediaType ofFailure(ApiRequest request, Query query) {
        MediaType found;
        try {
            found = MediaType.of(request.value("Accept"), false);
        } catch (ApiFailure nothing) {
            found = MediaType.of("", false);
        }
        return shown(plain(found), request, query);
    }

    /// The form for an object that is not turned into anything, such as a Status.
    static MediaType plain(MediaType form) {
        return new MediaType(form.format(), MediaType.As.OBJECT, "", form.pretty());
    }

    private static MediaType shown(MediaType form, ApiRequest request, Query query) {
        return form.pretty() || !isPretty(request, query)
                ? form
                : new MediaType(form.format(), form.as(), form.version(), true);
    }

    /// For people: asked for, or told by the program that asks.
    private static boolean isPretty(ApiRequest request, Query query) {
        String asked = query.value("pretty");
        if (asked != null) {
            return !asked.equals("false") && !asked.equals("0");
        }
        String agent = request.value("User-Agent");
        for (String known : PRETTY_AGENTS) {
            if (agent.startsWith(known)) {
                return true;
            }
        }
        return false;
    }
}
