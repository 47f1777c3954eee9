package dev.kubepki.pki.document;

import dev.kubepki.pki.document.Scalar.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON, one value after another.
final class JsonReader {
    private final String file;
    private final JsonParser parser;

    private JsonReader(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static List<Document> read(String file, String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            JsonReader reader = new JsonReader(file, parser);
            List<Document> documents = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                documents.add(new Document(file, reader.node(token, 0)));
            }
            return documents;
        } catch (JacksonException broken) {
            TokenStreamLocation where = broken.getLocation();
            throw new DocumentFailure(file, where == null ? 0 : where.getLineNr(), "is not valid JSON");
        }
    }

    private Node node(JsonToken token, int depth) {
        TokenStreamLocation at = parser.currentTokenLocation();
        if (depth > Documents.MAX_DEPTH) {
            throw new DocumentFailure(file, at.getLineNr(), "is nested deeper than " + Documents.MAX_DEPTH + " levels");
        }
        return switch (token) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_STRING -> scalar(Kind.STRING, Characters.wellFormed(parser.getString()), at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, at);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Kind.BOOL, parser.getString(), at);
            case VALUE_NULL -> scalar(Kind.NULL, "null", at);
            default -> throw new DocumentFailure(file, at.getLineNr(), "is not valid JSON");
        };
    }

    private Mapping mapping(TokenStreamLocation at, int depth) {
        List<Mapping.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            TokenStreamLocation keyAt = parser.currentTokenLocation();
            if (!keys.add(key)) {
                throw new DocumentFailure(file, keyAt.getLineNr(), "names \"" + key + "\" twice in one mapping");
            }
            Node value = node(parser.nextToken(), depth + 1);
            entries.add(new Mapping.Entry(key, value, keyAt.getLineNr(), keyAt.getColumnNr()));
        }
        return Mapping.of(entries, at.getLineNr(), at.getColumnNr());
    }

    private Sequence sequence(TokenStreamLocation at, int depth) {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new Sequence(items, at.getLineNr(), at.getColumnNr());
    }

    private Scalar number(JsonToken token, TokenStreamLocation at) {
        String source = parser.getString();
        if (token == JsonToken.VALUE_NUMBER_INT && Numbers.isWhole(parser.getBigIntegerValue())) {
            return scalar(Kind.INTEGER, source.equals("-0") ? "0" : source, at);
        }
        double value = Double.parseDouble(source);
        if (Double.isInfinite(value)) {
            throw new DocumentFailure(file, at.getLineNr(), "holds a number that is too large");
        }
        Resolver.Resolved number = Resolver.number(value);
        return new Scalar(number.kind(), number.text(), source, at.getLineNr(), at.getColumnNr());
    }

    private static Scalar scalar(Kind kind, String text, TokenStreamLocation at) {
        return new Scalar(kind, text, text, at.getLineNr(), at.getColumnNr());
    }
}
