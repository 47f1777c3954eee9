package dev.kubepki.server.http;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.server.http.Handlers.Handler;
import java.util.Map;
import java.util.Optional;

/// Routes requests for resources: to the handler of their verb.
final class ResourceRoutes implements Route {
    private final ServedKinds kinds;
    private final Map<String, Handler> handlers;
    private final WatchRoute watches;

    ResourceRoutes(ServedKinds kinds, Map<String, Handler> handlers, WatchRoute watches) {
        this.kinds = kinds;
        this.handlers = handlers;
        this.watches = watches;
    }

    @Override
    public Reply serve(Exchange exchange) {
        Optional<Target> target = Target.of(exchange.info(), kinds);
        if (target.isEmpty()) {
            return PlainText.notFound();
        }
        if (exchange.info().isWatch()) {
            return watches.handle(exchange, target.get());
        }
        Handler handler = handlers.get(exchange.info().verb());
        if (handler == null || exchange.request().method().equals("HEAD")) {
            throw Failures.methodNotAllowed();
        }
        return handler.handle(exchange, target.get());
    }
}
