package dev.kubepki.server.http;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request made of values.
@SuppressWarnings("ArrayRecordComponent") // never compared
record TestRequest(String method, String target, Map<String, String> fields, byte[] body) implements ApiRequest {
    static TestRequest get(String target) {
        return new TestRequest("GET", target, Map.of(), new byte[0]);
    }

    static TestRequest of(String method, String target) {
        return new TestRequest(method, target, Map.of(), new byte[0]);
    }

    TestRequest with(String name, String value) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(name, value);
        return new TestRequest(method, target, more, body);
    }

    TestRequest body(String text) {
        return new TestRequest(method, target, fields, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String rawPath() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    @Override
    public @Nullable String rawQuery() {
        int question = target.indexOf('?');
        return question < 0 ? null : target.substring(question + 1);
    }

    @Override
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (field.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return field.getValue();
            }
        }
        return null;
    }

    @Override
    public List<String> values(String name) {
        String value = header(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public Collection<String> names() {
        return fields.keySet();
    }

    @Override
    public List<X509Certificate> clientChain() {
        return List.of();
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public boolean isMultiplexed() {
        return false;
    }

    /// The exchange that the pipeline would make of it.
    Exchange exchange() {
        Query query = Query.of(rawQuery());
        return new Exchange(this, "audit-1", System.nanoTime(), query, RequestInfo.of(method, rawPath(), query));
    }
}
