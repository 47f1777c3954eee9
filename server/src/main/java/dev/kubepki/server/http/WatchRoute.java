package dev.kubepki.server.http;

import dev.kubepki.api.codec.MediaType;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.Operations;
import dev.kubepki.server.registry.Options;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/// Begins watches.
final class WatchRoute implements Handlers.Handler {
    private static final Logger LOG = System.getLogger(WatchRoute.class.getName());

    /// How much may wait for one client.
    private static final long LIMIT = 4L * 1024 * 1024;

    /// A client that asks for a WebSocket reads any other answer to its end, and a watch has none. With this one, which
    /// is not repeated as a failure would be, clients ask again without a WebSocket.
    private static final String NO_SOCKET = "watches are served over plain HTTP, not over WebSocket\n";

    private final Operations operations;
    private final Negotiation negotiation;
    private final Encoder encoder;
    private final FrameCache cache;
    private final Clock clock;

    WatchRoute(Operations operations, Negotiation negotiation, Encoder encoder, FrameCache cache, Clock clock) {
        this.operations = operations;
        this.negotiation = negotiation;
        this.encoder = encoder;
        this.cache = cache;
        this.clock = clock;
    }

    @Override
    public Reply handle(Exchange exchange, Target target) {
        if ("websocket".equalsIgnoreCase(exchange.request().value("Upgrade"))) {
            return PlainText.of(200, NO_SOCKET);
        }
        MediaType form = negotiation.of(exchange.request(), exchange.query(), Negotiation.Use.WATCH);
        Options.ListWatch options = QueryOptions.list(exchange.query());
        Call call = target.call(exchange);
        WatchFrames frames = frames(exchange, target, form);
        WatchStream stream = new WatchStream(frames, LIMIT);
        return new Reply.Stream(
                List.of(new Reply.Header("Content-Type", frames.contentType())),
                stream,
                () -> begin(call, options, stream));
    }

    private void begin(Call call, Options.ListWatch options, WatchStream stream) {
        AutoCloseable watch = operations.watch(call, options, stream);
        stream.onClosed(() -> {
            try {
                watch.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "a watch did not close", e);
            }
        });
    }

    private WatchFrames frames(Exchange exchange, Target target, MediaType form) {
        return switch (form.as()) {
            case OBJECT -> new ObjectFrames(target, form, encoder, cache);
            case TABLE -> new TableFrames(target, form, Presentation.tables(target, form, exchange), encoder, clock);
            case PARTIAL, PARTIAL_LIST -> new PartialFrames(target, form, encoder, cache);
        };
    }
}
