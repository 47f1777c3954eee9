package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells people about an object by events on it, where `kubectl describe` shows them. The same event again only counts,
/// from time to time; when there is too much to tell some of it is not told. Telling never fails.
public final class EventRecorder {
    private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final int REMEMBERED = 8192;
    private static final int BURST = 200;
    private static final int PER_SECOND = 20;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int LONGEST_NAME = 200;

    private final ClusterClient client;
    private final Kind events;
    private final String component;
    private final Clock clock;
    private final Map<Subject, Told> told = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Told> eldest) {
            return size() > REMEMBERED;
        }
    };
    private double allowance = BURST;
    private Instant measured = Instant.MIN;

    private record Subject(String uid, String reason, String message) {}

    private record Told(Instant time, @Nullable ObjectNode event) {}

    /// @param events the kind of events of the core group
    /// @param component who tells
    public EventRecorder(ClusterClient client, Kind events, String component, Clock clock) {
        this.client = client;
        this.events = events;
        this.component = component;
        this.clock = clock;
    }

    /// Something about the object does not go as it should.
    ///
    /// @param reason one word in CamelCase, for machines
    public void warning(ObjectNode object, String reason, String message) {
        tell(object, "Warning", reason, message);
    }

    /// Something about the object was done.
    public void normal(ObjectNode object, String reason, String message) {
        tell(object, "Normal", reason, message);
    }

    private void tell(ObjectNode object, String type, String reason, String message) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Subject subject = new Subject(text(object, "uid"), reason, message);
        Told before;
        synchronized (this) {
            before = told.get(subject);
            boolean recent =
                    before != null && Duration.between(before.time(), now).abs().compareTo(AGAIN) < 0;
            if (recent || !isAllowed()) {
                return;
            }
            told.put(subject, new Told(now, before == null ? null : before.event()));
        }
        try {
            ObjectNode written = before == null || before.event() == null
                    ? client.create(events, event(object, type, subject, now))
                    : client.update(events, "", again(before.event(), now));
            remember(subject, new Told(now, written));
        } catch (RuntimeException e) {
            boolean gone = e instanceof ApiFailure failure && (failure.code() == 404 || failure.code() == 409);
            LOG.log(
                    gone ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    () -> "an event was not told: " + e.getMessage());
            remember(subject, new Told(now, null));
        }
    }

    private synchronized void remember(Subject subject, Told now) {
        told.put(subject, now);
    }

    /// So many at once, then so many a second.
    private boolean isAllowed() {
        Instant now = clock.instant();
        if (measured.equals(Instant.MIN) || now.isBefore(measured)) {
            measured = now;
        }
        double passed = Duration.between(measured, now).toMillis() / 1000.0;
        measured = now;
        allowance = Math.min(BURST, allowance + passed * PER_SECOND);
        if (allowance < 1) {
            return false;
        }
        allowance--;
        return true;
    }

    private ObjectNode event(ObjectNode object, String type, Subject subject, Instant now) {
        String namespace = text(object, "namespace");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("kind", "Event").put("apiVersion", "v1");
        String id = Integer.toHexString(subject.hashCode()) + Long.toHexString(clock.millis());
        event.putObject("metadata")
                .put("name", nameable(text(object, "name")) + "." + id)
                .put("namespace", namespace.isEmpty() ? "default" : namespace);
        ObjectNode involved = event.putObject("involvedObject");
        involved.put("kind", object.path("kind").asString("")).put("name", text(object, "name"));
        if (!namespace.isEmpty()) {
            involved.put("namespace", namespace);
        }
        involved.put("uid", text(object, "uid"))
                .put("apiVersion", object.path("apiVersion").asString(""))
                .put("resourceVersion", text(object, "resourceVersion"));
        event.put("reason", subject.reason()).put("message", cut(subject.message()));
        event.putObject("source").put("component", component);
        event.put("firstTimestamp", now.toString()).put("lastTimestamp", now.toString());
        event.put("count", 1).put("type", type);
        event.put("reportingComponent", component).put("reportingInstance", "");
        return event;
    }

    private static ObjectNode again(ObjectNode event, Instant now) {
        ObjectNode more = event.deepCopy();
        more.put("count", event.path("count").asInt(1) + 1).put("lastTimestamp", now.toString());
        return more;
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    /// A request's name may hold what an event's may not.
    private static String nameable(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        String start = plain.isEmpty() ? "object" : plain;
        return start.length() <= LONGEST_NAME ? start : start.substring(0, LONGEST_NAME) + "x";
    }

    private static String text(ObjectNode object, String field) {
        return object.path("metadata").path(field).asString("");
    }
}
