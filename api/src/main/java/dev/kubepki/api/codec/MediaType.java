package dev.kubepki.api.codec;

import dev.kubepki.api.failure.Failures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an answer is to look like, as the Accept header asks for it.
///
/// @param format of the bytes
/// @param as what the object is turned into
/// @param version of what it is turned into, `v1` or `v1beta1`; empty when it stays as it is
/// @param pretty whether the client asks for several lines
public record MediaType(Format format, As as, String version, boolean pretty) {
    private static final MediaType PLAIN = new MediaType(Format.JSON, As.OBJECT, "", false);
    private static final String STREAM = ";stream=watch";

    /// What an object is turned into.
    public enum As {
        /// It stays as it is.
        OBJECT(""),
        /// A table of what people want to know.
        TABLE("Table"),
        /// Its metadata alone.
        PARTIAL("PartialObjectMetadata"),
        /// The metadata of a list's items.
        PARTIAL_LIST("PartialObjectMetadataList");

        private final String kind;

        As(String kind) {
            this.kind = kind;
        }

        /// Its kind.
        public String kind() {
            return kind;
        }
    }

    /// The first that can be had; JSON when the client does not care.
    ///
    /// @param watchable whether the same path can be watched, which the refusal then says
    /// @throws dev.kubepki.api.failure.ApiFailure 406 when nothing of it can be had
    public static MediaType of(String accept, boolean watchable) {
        return choose(accept, List.of(Format.values()), watchable);
    }

    /// The same for a watch, of which there is no YAML.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 406 when nothing of it can be had
    public static MediaType ofWatch(String accept) {
        return choose(accept, List.of(Format.JSON, Format.PROTOBUF), true);
    }

    /// The format of a body; JSON when the client does not say.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 415 for another one
    public static Format ofBody(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return Format.JSON;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        for (Format format : Format.values()) {
            if (format.mediaType().equalsIgnoreCase(type)) {
                return format;
            }
        }
        throw Failures.unsupportedMediaType();
    }

    /// What the answer's Content-Type says.
    public String contentType() {
        return format.mediaType();
    }

    /// What the Content-Type of a watch says.
    public String watchContentType() {
        return format == Format.PROTOBUF ? format.mediaType() + STREAM : format.mediaType();
    }

    private static MediaType choose(String accept, List<Format> formats, boolean watchable) {
        if (accept.isBlank()) {
            return PLAIN;
        }
        for (Clause clause : Clause.parse(accept)) {
            for (Format format : formats) {
                MediaType chosen = clause.accepts(format) ? clause.as(format) : null;
                if (chosen != null) {
                    return chosen;
                }
            }
        }
        List<String> available = new ArrayList<>();
        for (Format format : Format.values()) {
            available.add(format.mediaType());
        }
        if (watchable) {
            available.add(Format.JSON.mediaType() + STREAM);
            available.add(Format.PROTOBUF.mediaType() + STREAM);
        }
        throw Failures.notAcceptable(available);
    }

    /// One clause of the header.
    private record Clause(String type, Map<String, String> parameters, double weight) {
        /// The heaviest first, then in order.
        static List<Clause> parse(String accept) {
            List<Clause> clauses = new ArrayList<>();
            for (String text : accept.split(",", -1)) {
                String[] parts = text.split(";", -1);
                Map<String, String> parameters = new HashMap<>();
                for (int i = 1; i < parts.length; i++) {
                    int equals = parts[i].indexOf('=');
                    if (equals > 0) {
                        String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
                        parameters.put(name, parts[i].substring(equals + 1).strip());
                    }
                }
                double weight = weight(parameters.remove("q"));
                if (weight > 0) {
                    clauses.add(new Clause(parts[0].strip().toLowerCase(Locale.ROOT), parameters, weight));
                }
            }
            clauses.sort(Comparator.comparingDouble((Clause clause) -> -clause.weight));
            return clauses;
        }

        private static double weight(@Nullable String q) {
            if (q == null) {
                return 1;
            }
            try {
                return Double.parseDouble(q);
            } catch (NumberFormatException _) {
                return 1;
            }
        }

        boolean accepts(Format format) {
            return type.equals(format.mediaType()) || type.equals("*/*") || type.equals("application/*");
        }

        /// Null when that can't be had in the format.
        @Nullable
        MediaType as(Format format) {
            String kind = parameters.getOrDefault("as", "");
            String group = parameters.getOrDefault("g", "");
            String version = parameters.getOrDefault("v", "");
            String stream = parameters.getOrDefault("stream", "");
            boolean pretty = parameters.getOrDefault("pretty", "").equals("1");
            if (!stream.isEmpty() && (!stream.equals("watch") || format == Format.YAML)) {
                return null;
            }
            if (kind.isEmpty() && group.isEmpty() && version.isEmpty()) {
                return new MediaType(format, As.OBJECT, "", pretty);
            }
            boolean known = group.equals("meta.k8s.io") && (version.equals("v1") || version.equals("v1beta1"));
            for (As as : As.values()) {
                boolean wanted = !kind.isEmpty() && as.kind.equals(kind);
                if (known && wanted && !(as == As.TABLE && format == Format.PROTOBUF)) {
                    return new MediaType(format, as, version, pretty);
                }
            }
            return null;
        }
    }
}
