package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.AccessFailures;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.Credentials;
import dev.kubepki.server.auth.Impersonation;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.BearerTokens;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/// What every request passes, in this order: who calls, for whom, whether there is room, whether it may, what answers.
final class Pipeline implements BiConsumer<ApiRequest, ReplySink> {
    private static final Logger LOG = System.getLogger(Pipeline.class.getName());
    private static final String LATE = "request did not complete within the allotted timeout";
    private static final String BROKEN = "the server failed on this request; its log says more, under the audit id ";
    private static final String FULL = "Too many requests, please try again later.";

    private final Authenticator authenticator;
    private final Impersonation impersonation;
    private final Authorizer authorizer;
    private final Route routes;
    private final FailureReplies failures;
    private final AuditIds auditIds;
    private final InFlight inFlight;
    private final Slots slots;
    private final Limits limits;
    private final List<Observer> observers;

    Pipeline(
            Authenticator authenticator,
            Authorizer authorizer,
            Route routes,
            FailureReplies failures,
            AuditIds auditIds,
            InFlight inFlight,
            Slots slots,
            Limits limits,
            List<Observer> observers) {
        this.authenticator = authenticator;
        this.impersonation = new Impersonation(authorizer);
        this.authorizer = authorizer;
        this.routes = routes;
        this.failures = failures;
        this.auditIds = auditIds;
        this.inFlight = inFlight;
        this.slots = slots;
        this.limits = limits;
        this.observers = List.copyOf(observers);
    }

    @Override
    public void accept(ApiRequest request, ReplySink sink) {
        String auditId = auditIds.of(request);
        Exchange exchange;
        Duration time;
        try {
            Query query = Query.of(request.rawQuery());
            RequestInfo info = RequestInfo.of(request.method(), request.rawPath(), query);
            exchange = new Exchange(request, auditId, System.nanoTime(), query, info);
            time = RequestTime.of(exchange, limits.requestTime());
        } catch (PathFailure e) {
            sink.send(ReplyHeaders.of(failures.of(Failures.badRequest(e.sentence())), auditId));
            return;
        } catch (ApiFailure e) {
            sink.send(ReplyHeaders.of(failures.of(e), auditId));
            return;
        }
        if (exchange.info().isWatch()) {
            watch(exchange, sink);
            return;
        }
        InFlight.Entry entry =
                inFlight.enter(time, () -> finish(exchange, sink, failures.of(Failures.timeout(LATE, 0), exchange)));
        Reply reply = answer(exchange);
        if (entry.leave()) {
            finish(exchange, sink, reply);
        }
    }

    private Reply answer(Exchange exchange) {
        try {
            admit(exchange);
            if (exchange.info().isWatch()) {
                return routes.serve(exchange);
            }
            if (!slots.enter(exchange)) {
                return PlainText.of(429, FULL + "\n").with("Retry-After", "1");
            }
            try {
                authorize(exchange);
                return routes.serve(exchange);
            } finally {
                slots.leave(exchange);
            }
        } catch (ApiFailure e) {
            exchange.failed(e);
            return failures.of(e, exchange);
        } catch (RuntimeException | StackOverflowError e) {
            return broken(exchange, e);
        }
    }

    private Reply broken(Exchange exchange, Throwable cause) {
        LOG.log(Level.ERROR, "request " + exchange.auditId() + " failed", cause);
        return failures.of(Failures.internal(BROKEN + exchange.auditId()), exchange);
    }

    private void admit(Exchange exchange) {
        try {
            Credentials credentials = new Credentials(
                    exchange.request().clientChain(),
                    BearerTokens.of(exchange.request().value("Authorization")),
                    exchange.request());
            UserInfo caller = authenticator.authenticate(credentials).orElseThrow(Failures::unauthorized);
            exchange.authenticated(caller);
            impersonation.judge(exchange.attributes(), exchange.request()).ifPresent(exchange::impersonated);
        } finally {
            observers.forEach(observer -> observer.received(exchange));
        }
        if (exchange.info().isWatch()) {
            authorize(exchange);
        }
    }

    private void authorize(Exchange exchange) {
        Authorizer.Decision decision = authorizer.decide(exchange.attributes());
        exchange.decided(decision);
        if (!decision.allowed()) {
            throw AccessFailures.forbidden(exchange.attributes(), decision.reason());
        }
    }

    private void watch(Exchange exchange, ReplySink sink) {
        Reply reply = answer(exchange);
        if (reply instanceof Reply.Stream stream) {
            stream(exchange, sink, stream);
        } else {
            finish(exchange, sink, reply);
        }
    }

    /// The headers go out with the first event, or when it is sure that the watch runs: until then it may still fail
    /// with a status of its own.
    private void stream(Exchange exchange, ReplySink sink, Reply.Stream reply) {
        AtomicBoolean started = new AtomicBoolean();
        Runnable start = () -> {
            if (started.compareAndSet(false, true)) {
                observers.forEach(observer -> observer.streaming(exchange));
                reply.stream().onClosed(() -> observers.forEach(observer -> observer.finished(exchange, reply)));
                sink.send(ReplyHeaders.of(reply, exchange));
            }
        };
        reply.stream().onWake(start);
        Reply failed;
        try {
            reply.beginning().run();
            start.run();
            return;
        } catch (ApiFailure e) {
            if (started.get()) {
                reply.stream().ended(e);
                return;
            }
            exchange.failed(e);
            failed = failures.of(e, exchange);
        } catch (RuntimeException e) {
            failed = broken(exchange, e);
            if (started.get()) {
                reply.stream().end();
                return;
            }
        }
        finish(exchange, sink, failed);
    }

    private void finish(Exchange exchange, ReplySink sink, Reply reply) {
        sink.send(ReplyHeaders.of(reply, exchange));
        observers.forEach(observer -> observer.finished(exchange, reply));
    }
}
