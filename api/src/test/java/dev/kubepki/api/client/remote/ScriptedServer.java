package dev.kubepki.api.client.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// An API server that answers what a test says, one answer a request. Afterwards it answers nothing.
final class ScriptedServer implements AutoCloseable {
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private record Answer(int code, String body, String header, String value) {}

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    void answers(int code, String body) {
        answers.add(new Answer(code, body, "X-None", "x"));
    }

    void answers(int code, String body, String header, String value) {
        answers.add(new Answer(code, body, header, value));
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        try (exchange) {
            Answer answer = answers.take();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set(answer.header(), answer.value());
            exchange.sendResponseHeaders(answer.code(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Kubeconfig kubeconfig(Path file, KubeconfigUser user) {
        return Kubeconfig.of(
                file,
                KubeconfigCluster.named("c").withServer(url()),
                user,
                KubeconfigContext.of("x", "c", user.name()).withNamespace("mine"));
    }

    RemoteCluster cluster(KubeconfigUser user) {
        Clock clock = Clock.systemUTC();
        Target target =
                Target.of(kubeconfig(Path.of("/none/config"), user), Target.Choice.NONE, Map.of(), false, clock);
        return RemoteCluster.connect(target, "test", Duration.ofSeconds(5), clock, new Random(1));
    }

    RemoteCluster cluster() {
        return cluster(KubeconfigUser.named("u").withToken("t"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
