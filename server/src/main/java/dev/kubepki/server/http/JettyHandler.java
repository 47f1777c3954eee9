package dev.kubepki.server.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Hands each request to the pipeline and each reply to the engine.
final class JettyHandler extends Handler.Abstract {
    private static final int PIECE = 32 * 1024;

    private final BiConsumer<ApiRequest, ReplySink> pipeline;
    private final Limits limits;
    private final RunningStreams streams;

    JettyHandler(BiConsumer<ApiRequest, ReplySink> pipeline, Limits limits, RunningStreams streams) {
        this.pipeline = pipeline;
        this.limits = limits;
        this.streams = streams;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        pipeline.accept(new JettyRequest(request, limits), reply -> send(request, response, callback, reply));
        return true;
    }

    private void send(Request request, Response response, Callback callback, Reply reply) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        for (Reply.Header header : reply.headers()) {
            headers.add(header.name(), header.value());
        }
        if (headers.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())) {
            goAway(request, headers);
        }
        switch (reply) {
            case Reply.Whole whole -> {
                headers.put(HttpHeader.CONTENT_LENGTH, whole.body().length);
                response.write(true, ByteBuffer.wrap(whole.body()), callback);
            }
            case Reply.Pieces pieces -> write(response, callback, pieces.writer());
            case Reply.Stream stream -> new JettyStream(request, response, callback, stream.stream(), streams).run();
        }
    }

    /// HTTP/2 has no header that closes a connection, but a frame.
    private static void goAway(Request request, HttpFields.Mutable headers) {
        if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection shared) {
            headers.remove(HttpHeader.CONNECTION);
            CompletableFuture<Void> _ = shared.getSession().shutdown();
        }
    }

    private static void write(Response response, Callback callback, Reply.Pieces.Writer writer) {
        try (OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), PIECE)) {
            writer.write(out);
        } catch (IOException | RuntimeException e) {
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }
}
