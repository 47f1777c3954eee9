package dev.kubepki.acceptance.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no honest client sends. The answer is a clear 4xx or a closed connection, and others are served as before.
class HostileTest {
    private static final long MOST_KILOBYTES = 800 * 1024;
    private static final String CSRS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String JSON = "application/json";
    private static final String HOST = "Host: localhost\r\n";

    @TempDir
    private static Path folder;

    private static Server server;
    private static Caller admin;
    private static SSLContext context;

    @BeforeAll
    static void serves() throws Exception {
        server = Server.start(folder);
        admin = Caller.admin(server, folder, HttpClient.Version.HTTP_1_1);
        context = Caller.context(server, Caller.keys(folder.resolve("admin.p12")));
    }

    @AfterAll
    static void stops() throws Exception {
        admin.close();
        server.close();
    }

    @AfterEach
    void othersAreServedAsBefore() throws Exception {
        assertThat(admin.get(CSRS).status()).isEqualTo(200);
        assertThat(server.kilobytes()).isLessThan(MOST_KILOBYTES);
        assertThat(server.printed()).doesNotContain(" failed");
    }

    private static Wire wire() throws IOException {
        return Wire.open(server, context);
    }

    private static String post(String type, long length) {
        return "POST " + CSRS + "?fieldValidation=Strict HTTP/1.1\r\n" + HOST + "Connection: close\r\nContent-Type: "
                + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static Wire.Reply posted(String type, String body) throws IOException {
        try (Wire wire = wire()) {
            return wire.send(post(type, body.length()) + body).reply();
        }
    }

    @Test
    void bodiesThatAreTooLargeAreRefusedReadably() throws IOException {
        assertThat(posted(JSON, " ".repeat(4 * 1024 * 1024)).status()).isEqualTo(413);
        try (Wire wire = wire()) {
            assertThat(wire.send(post(JSON, 1L << 40) + " ".repeat(100_000))
                            .reply()
                            .status())
                    .isIn(408, 413);
        }
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws IOException {
        try (Wire wire = wire()) {
            String request = "GET /version HTTP/1.1\r\n" + HOST + "X-A: " + "a".repeat(100_000) + "\r\n\r\n";
            assertThat(wire.send(request).reply().status()).isEqualTo(431);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /version HTTP/1.1\r\nHost: localhost\r\nX-A: ", "body"})
    void drippingEnds(String beginning) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(70));
        try (Wire wire = wire()) {
            wire.send(beginning.equals("body") ? post(JSON, 10_000) : beginning);
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    while (!Thread.interrupted()) {
                        wire.send("a");
                        Thread.sleep(300);
                    }
                } catch (IOException | InterruptedException e) {
                    // The connection is closed: the dripping is over.
                }
            });
            assertThat(wire.reply().status()).isIn(0, 400, 408);
            drip.interrupt();
            drip.join();
        }
        assertThat(Instant.now()).isBefore(end);
    }

    @Test
    void idleConnectionsHarmNobody() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            for (int i = 0; i < 100; i++) {
                Wire wire = wire();
                idle.add(wire.socket());
                wire.send("GET /version HTTP/1.1\r\n");
            }
            assertThat(admin.get("/version").status()).isEqualTo(200);
            assertThat(server.kilobytes()).isLessThan(MOST_KILOBYTES);
            // Who does not even begin a handshake is not waited for.
            idle.getFirst().setSoTimeout(60_000);
            assertThat(idle.getFirst().getInputStream().read()).isEqualTo(-1);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    static List<List<String>> brokenBodies() {
        String csr = "{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\",";
        return List.of(
                List.of(JSON, ""),
                List.of(JSON, "null"),
                List.of(JSON, "[]"),
                List.of(JSON, "[".repeat(200_000)),
                List.of(JSON, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
                List.of(JSON, csr + "\"metadata\":{\"name\":\"a\",\"name\":\"b\"}}"),
                List.of(JSON, csr + "\"metadata\":{\"name\":\"\u00ff\u00fe\u00c0\u0080\"}}"),
                List.of(JSON, csr + "\"metadata\":{\"generation\":" + "9".repeat(100_000) + "}}"),
                List.of(JSON, csr + "\"metadata\":{\"generation\":1e999999999}}"),
                List.of(JSON, csr + "\"spec\":{\"request\":\"%%%\"}}"),
                List.of(JSON, csr + "\"spec\":\"text\"}"),
                List.of(JSON, csr.substring(0, 30)),
                List.of("application/yaml", "a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n" + "- ".repeat(10_000)),
                List.of("application/yaml", "{".repeat(100_000)),
                List.of("application/yaml", "!!javax.script.ScriptEngineManager [a]"),
                List.of("application/vnd.kubernetes.protobuf", ""),
                List.of("application/vnd.kubernetes.protobuf", "k8s\0"),
                List.of("application/vnd.kubernetes.protobuf", "k8s\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"),
                List.of("application/vnd.kubernetes.protobuf", "k8s\0\n\u00ff\u00ff\u00ff\u00ff\u000fa"),
                List.of("application/vnd.kubernetes.protobuf", "k8s\0" + "\u000b".repeat(100_000)),
                List.of("text/plain", "a"),
                List.of("application/\u0000", "{}"));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void bodiesThatAreBrokenAreRefused(List<String> broken) throws IOException {
        Wire.Reply reply = posted(broken.get(0), broken.get(1));
        assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/api/v1/%2e%2e/%2e%2e/etc/passwd",
                "/api/v1/namespaces/..%2f..%2fsecrets",
                "/api/v1/namespaces/%00",
                "/api/v1/namespaces/%zz",
                "/api/v1/namespaces/a%",
                "/api/v1/namespaces/default/../../secrets",
                "/api/v1;a=b/secrets/x",
                "/healthz/../api/v1/secrets/x",
                "/api/v1/secrets\\x",
                "/api/v1/namespaces/\u00ff\u00fe",
                "*",
                "localhost",
                "/api/v1/nodes/a/proxy/%2e%2e"
            })
    void pathsThatAreTricksLeadNowhere(String path) throws IOException {
        try (Wire wire = wire()) {
            Wire.Reply reply = wire.send("GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                    .reply();
            assertThat(reply.status())
                    .as(reply.text())
                    .satisfiesAnyOf(
                            status -> assertThat(status).isZero(),
                            status -> assertThat(status).isBetween(300, 499));
        }
    }

    static List<String> smuggled() {
        String hidden = "GET /version HTTP/1.1\r\n" + HOST + "\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n";
        return List.of(
                chunked + "Content-Length: 4\r\n\r\n0\r\n\r\n" + hidden,
                "Content-Length: 0\r\nContent-Length: 4\r\n\r\n" + hidden,
                "Content-Length: 0, 4\r\n\r\n" + hidden,
                "Content-Length: +0\r\n\r\n" + hidden,
                "Content-Length: -1\r\n\r\n" + hidden,
                "Content-Length : 0\r\n\r\n" + hidden,
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden,
                chunked + "\r\n0x0\r\n\r\n" + hidden,
                chunked + "\r\n-1\r\n\r\n" + hidden,
                chunked + "\r\nzz\r\n\r\n" + hidden,
                chunked + "\r\nffffffffffffffff1\r\n\r\n" + hidden,
                " X: a\r\nContent-Length: 0\r\n\r\n" + hidden,
                "X: a\rContent-Length: 0\r\n\r\n" + hidden,
                "X\u0000Y: a\r\nContent-Length: 0\r\n\r\n" + hidden);
    }

    /// One request is one answer, and the connection is of no further use.
    @ParameterizedTest
    @MethodSource("smuggled")
    void requestsInRequestsAreNotAnswered(String rest) throws IOException {
        try (Wire wire = wire()) {
            String head = "POST " + CSRS + " HTTP/1.1\r\n" + HOST + "Content-Type: " + JSON + "\r\n";
            Wire.Reply reply = wire.send(head + rest).reply();
            assertThat(reply.answers()).as(reply.text()).isLessThanOrEqualTo(1);
            assertThat(reply.text()).doesNotContain("gitVersion");
            assertThat(reply.status()).as(reply.text()).isIn(0, 400, 501);
        }
    }

    @Test
    void whatIsNoTlsIsClosed() throws IOException {
        for (String bytes : List.of("GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u00ff\u00ff", "\u0000".repeat(500))) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
                assertThat(new Wire(socket).reply().text()).doesNotContain("200");
            }
        }
    }
}
