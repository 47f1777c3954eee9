package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.AccessFailures;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.Credentials;
import dev.kubepki.server.auth.UserInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What every request passes, in this order: who calls, for whom, whether there is room, whether it may, what answers.
final class Pipeline implements BiConsumer<ApiRequest, ReplySink> {
    private static final Logger LOG = System.getLogger(Pipeline.class.getName());
    private static final Reply.Header NO_CACHE = new Reply.Header("Cache-Control", "no-cache, private");

    private static final String LATE = "request did not complete within the allotted timeout";
    private static final String BROKEN = "the server failed on this request; its log says more, under the audit id ";

    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Route routes;
    private final AuditIds auditIds;
    private final InFlight inFlight;
    private final Limits limits;

    Pipeline(
            Authenticator authenticator,
            Authorizer authorizer,
            Route routes,
            AuditIds auditIds,
            InFlight inFlight,
            Limits limits) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.routes = routes;
        this.auditIds = auditIds;
        this.inFlight = inFlight;
        this.limits = limits;
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
            sink.send(headed(FailureReplies.of(Failures.badRequest(e.sentence())), auditId, List.of()));
            return;
        } catch (ApiFailure e) {
            sink.send(headed(FailureReplies.of(e), auditId, List.of()));
            return;
        }
        if (exchange.info().isWatch()) {
            finish(exchange, sink, answer(exchange));
            return;
        }
        InFlight.Entry entry =
                inFlight.enter(time, () -> finish(exchange, sink, FailureReplies.of(Failures.timeout(LATE, 0))));
        Reply reply = answer(exchange);
        if (entry.leave()) {
            finish(exchange, sink, reply);
        }
    }

    private Reply answer(Exchange exchange) {
        try {
            authenticate(exchange);
            authorize(exchange);
            return routes.serve(exchange);
        } catch (ApiFailure e) {
            return FailureReplies.of(e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.ERROR, "request " + exchange.auditId() + " failed", e);
            return FailureReplies.of(Failures.internal(BROKEN + exchange.auditId()));
        }
    }

    private void authenticate(Exchange exchange) {
        Credentials credentials =
                new Credentials(exchange.request().clientChain(), Bearer.of(exchange.request()));
        UserInfo caller = authenticator.authenticate(credentials).orElseThrow(Failures::unauthorized);
        exchange.authenticated(caller);
    }

    private void authorize(Exchange exchange) {
        Authorizer.Decision decision = authorizer.decide(exchange.attributes());
        if (!decision.allowed()) {
            throw AccessFailures.forbidden(exchange.attributes(), decision.reason());
        }
    }

    private static void finish(Exchange exchange, ReplySink sink, Reply reply) {
        List<Reply.Header> more = new ArrayList<>(2);
        for (String warning : exchange.warnings()) {
            more.add(new Reply.Header("Warning", warning));
        }
        sink.send(headed(reply, exchange.auditId(), more));
    }

    private static Reply headed(Reply reply, String auditId, List<Reply.Header> more) {
        List<Reply.Header> headers = new ArrayList<>(reply.headers().size() + more.size() + 2);
        headers.add(new Reply.Header("Audit-Id", auditId));
        boolean cached = reply.headers().stream().anyMatch(header -> header.name().equals(NO_CACHE.name()));
        if (!cached) {
            headers.add(NO_CACHE);
        }
        headers.addAll(reply.headers());
        headers.addAll(more);
        return reply.withHeaders(headers);
    }
}
