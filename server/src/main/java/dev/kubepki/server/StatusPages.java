package dev.kubepki.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.http.MetricText;
import dev.kubepki.server.http.ProcessMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Health and figures of a process that serves nothing else, over plain HTTP: they hold no secrets.
final class StatusPages implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_METHOD = 405;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private StatusPages(HttpServer server) {
        this.server = server;
    }

    /// What a page says.
    private interface Page {
        String text();
    }

    static StatusPages open(InetSocketAddress bind, List<MetricSource> sources) throws ServerFailure {
        try {
            StatusPages pages = new StatusPages(HttpServer.create(bind, 0));
            List<MetricSource> all = new ArrayList<>(sources);
            all.add(new ProcessMetrics());
            for (String path : List.of("/healthz", "/livez", "/readyz")) {
                pages.show(path, "text/plain; charset=utf-8", () -> "ok");
            }
            pages.show("/metrics", "text/plain; version=0.0.4; charset=utf-8", () -> figures(all));
            pages.server.setExecutor(pages.threads);
            pages.server.start();
            return pages;
        } catch (IOException e) {
            throw new ServerFailure(
                    "can't listen on " + bind.getHostString() + ":" + bind.getPort() + ": " + e.getMessage()
                            + "; choose another with --metrics-bind-address",
                    e);
        }
    }

    private static String figures(List<MetricSource> sources) {
        MetricText text = new MetricText();
        sources.forEach(source -> source.write(text));
        return text.toString();
    }

    private void show(String path, String type, Page page) {
        server.createContext(path, exchange -> answer(exchange, type, page));
    }

    private static void answer(HttpExchange exchange, String type, Page page) throws IOException {
        try (exchange) {
            boolean get = exchange.getRequestMethod().equals("GET");
            byte[] body = (get ? page.text() : "only GET").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(get ? OK : BAD_METHOD, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
