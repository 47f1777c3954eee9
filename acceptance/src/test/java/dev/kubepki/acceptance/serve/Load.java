package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.serve.Caller.Answer;
import dev.kubepki.acceptance.serve.History.Listing;
import dev.kubepki.acceptance.serve.History.Read;
import dev.kubepki.acceptance.serve.History.Verb;
import dev.kubepki.acceptance.serve.History.Version;
import dev.kubepki.acceptance.serve.History.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Clients that create, change, approve, read and delete requests for certificates, all of them the same ones, and note
/// what they were told. Who gets no answer goes on.
final class Load {
    static final String PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    private final String request;
    private final ConcurrentSkipListMap<String, ObjectNode> known = new ConcurrentSkipListMap<>();
    private final AtomicLong marks = new AtomicLong();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<Write> writes = Collections.synchronizedList(new ArrayList<>());
    private final List<Read> reads = Collections.synchronizedList(new ArrayList<>());
    private final List<Listing> listings = Collections.synchronizedList(new ArrayList<>());

    /// @param request a PKCS #10 request as PEM in base64
    Load(String request) {
        this.request = request;
    }

    /// Everything that was done and told so far.
    History history(List<History.Feed> feeds) {
        return new History(List.copyOf(writes), List.copyOf(reads), List.copyOf(listings), feeds);
    }

    /// How many writes were acknowledged.
    int acknowledged() {
        return acknowledged.get();
    }

    /// One call by chance.
    void call(Caller caller, Random random) throws IOException, InterruptedException {
        int choice = random.nextInt(100);
        Map.Entry<String, ObjectNode> chosen = choose(random);
        if (choice < 35 || chosen == null) {
            create(caller);
        } else if (choice < 50) {
            change(caller, chosen.getValue());
        } else if (choice < 65) {
            approve(caller, chosen.getValue());
        } else if (choice < 85) {
            read(caller, chosen.getKey());
        } else if (choice < 98 || known.size() > 300) {
            delete(caller, chosen.getKey());
        } else {
            list(caller);
        }
    }

    private Map.Entry<String, ObjectNode> choose(Random random) {
        Map.Entry<String, ObjectNode> entry = known.ceilingEntry(name(random.nextLong(marks.get() + 1)));
        return entry == null ? known.firstEntry() : entry;
    }

    private static String name(long number) {
        return "r%09d".formatted(number);
    }

    /// Creates one; its revision.
    Optional<Long> create(Caller caller) throws IOException, InterruptedException {
        long number = marks.incrementAndGet();
        String mark = "m" + number;
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", "CertificateSigningRequest").put("apiVersion", "certificates.k8s.io/v1");
        object.putObject("metadata")
                .put("name", name(number))
                .putObject("annotations")
                .put("mark", mark);
        ObjectNode spec = object.putObject("spec");
        spec.put("request", request).put("signerName", "example.com/nobody");
        spec.putArray("usages").add("client auth");
        return write(Verb.ADDED, name(number), mark + "/", () -> caller.post(PATH, object));
    }

    private void change(Caller caller, ObjectNode seen) throws IOException, InterruptedException {
        String mark = "m" + marks.incrementAndGet();
        ObjectNode object = seen.deepCopy();
        ((ObjectNode) object.get("metadata").get("annotations")).put("mark", mark);
        String name = nameOf(seen);
        write(Verb.MODIFIED, name, mark(object), () -> caller.put(PATH + "/" + name, object));
    }

    private void approve(Caller caller, ObjectNode seen) throws IOException, InterruptedException {
        if (seen.path("status").path("conditions").size() > 0) {
            return;
        }
        ObjectNode object = seen.deepCopy();
        ObjectNode condition =
                object.withObject("/status").withArray("conditions").addObject();
        condition.put("type", "Approved").put("status", "True").put("reason", "Load");
        condition.put("message", "m" + marks.incrementAndGet());
        String name = nameOf(seen);
        write(Verb.MODIFIED, name, mark(object), () -> caller.put(PATH + "/" + name + "/approval", object));
    }

    private void delete(Caller caller, String name) throws IOException, InterruptedException {
        write(Verb.DELETED, name, "", () -> caller.delete(PATH + "/" + name));
    }

    private interface Calling {
        Answer call() throws IOException, InterruptedException;
    }

    private Optional<Long> write(Verb verb, String name, String mark, Calling calling)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Answer answer;
        try {
            answer = calling.call();
        } catch (IOException e) {
            writes.add(new Write(begin, Long.MAX_VALUE, verb, name, mark, Write.UNKNOWN));
            throw e;
        }
        long end = System.nanoTime();
        if (answer.status() >= 400) {
            refused(answer, name);
            return Optional.empty();
        }
        long revision = 0;
        if (verb == Verb.DELETED) {
            known.remove(name);
        } else {
            ObjectNode object = answer.object();
            assertThat(mark(object)).as("what was written").isEqualTo(mark);
            revision = revisionOf(object);
            known.put(name, object);
        }
        writes.add(new Write(begin, end, verb, name, mark, revision));
        acknowledged.incrementAndGet();
        return Optional.of(revision);
    }

    /// Others were faster, and nothing else.
    private void refused(Answer answer, String name) {
        assertThat(answer.status()).as("%s", answer.body()).isIn(404, 409);
        if (answer.status() == 404) {
            known.remove(name);
        }
    }

    private void read(Caller caller, String name) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Answer answer = caller.get(PATH + "/" + name);
        long end = System.nanoTime();
        if (answer.status() == 404) {
            known.remove(name);
            reads.add(new Read(begin, end, name, 0, ""));
            return;
        }
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        known.put(name, answer.object());
        reads.add(new Read(begin, end, name, revisionOf(answer.body()), mark(answer.body())));
    }

    /// Lists all of them; the list's revision.
    long list(Caller caller) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Answer answer = caller.get(PATH);
        long end = System.nanoTime();
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        Map<String, Version> items = new HashMap<>();
        for (JsonNode item : answer.body().get("items")) {
            items.put(nameOf(item), new Version(revisionOf(item), mark(item)));
        }
        long revision = revisionOf(answer.body());
        listings.add(new Listing(begin, end, revision, items));
        return revision;
    }

    static String nameOf(JsonNode object) {
        return object.get("metadata").get("name").asString();
    }

    static long revisionOf(JsonNode object) {
        return Long.parseLong(object.get("metadata").get("resourceVersion").asString());
    }

    /// What each write changes: an annotation, or the message of the approval.
    static String mark(JsonNode object) {
        return object.path("metadata").path("annotations").path("mark").asString("") + "/"
                + object.path("status")
                        .path("conditions")
                        .path(0)
                        .path("message")
                        .asString("");
    }
}
