package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.pki.issue.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpListenerTest {
    private static final Limits SHORT = new Limits(
            10_000,
            4_096,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            1_000,
            10,
            10);

    /// Tells what it got.
    @SuppressWarnings("UnnecessaryLambda") // given to several servers
    private static final BiConsumer<ApiRequest, ReplySink> ECHO = (request, sink) -> {
        String told;
        int status = 200;
        try {
            List<X509Certificate> chain = request.clientChain();
            told = request.method() + " " + request.rawPath() + " " + request.rawQuery() + " "
                    + (chain.isEmpty() ? "-" : chain.getFirst().getSubjectX500Principal()) + " "
                    + request.body().length;
        } catch (ApiFailure e) {
            status = e.code();
            told = e.message();
        }
        sink.send(PlainText.of(status, told));
    };

    private static HttpResponse<String> get(Listening server, HttpClient client, String path) throws Exception {
        return client.send(server.request(path).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void speaksBothVersionsOfHttp(Version version) throws Exception {
        try (Listening server = new Listening(SHORT, ECHO)) {
            HttpClient client = server.client(version, Listening.stranger());
            HttpResponse<String> response = get(server, client, "/a%2Fb//c?x=1");
            assertThat(response.version()).isEqualTo(version);
            assertThat(response.body()).isEqualTo("GET /a%2Fb//c x=1 - 0");
            assertThat(response.headers().firstValue("server")).isEmpty();
            assertThat(response.headers().firstValue("date")).isPresent();
        }
    }

    @Test
    void letsTheCertificateOfAnyCaThroughTheHandshake() throws Exception {
        CertificateAuthority foreign = Listening.authority("foreign");
        try (Listening server = new Listening(SHORT, ECHO)) {
            HttpClient client = server.client(Version.HTTP_2, Listening.client(foreign, "jane"));
            assertThat(get(server, client, "/").body()).isEqualTo("GET / null CN=jane 0");
        }
    }

    @Test
    void showsANewCertificateWithoutARestart() throws Exception {
        try (Listening server = new Listening(SHORT, ECHO)) {
            server.listener.show(Listening.identity(Listening.authority("other"), "renewed"));
            try (SSLSocket socket = server.socket()) {
                socket.startHandshake();
                assertThat(((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal())
                        .hasToString("CN=renewed");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void refusesABodyThatIsTooLargeAlsoWhenItsLengthIsNotTold(Version version) throws Exception {
        try (Listening server = new Listening(SHORT, ECHO)) {
            HttpClient client = server.client(version, Listening.stranger());
            HttpResponse<String> told = client.send(
                    server.request("/")
                            .POST(BodyPublishers.ofByteArray(new byte[12_000]))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(told.statusCode()).isEqualTo(413);
            HttpResponse<String> untold = client.send(
                    server.request("/")
                            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[12_000])))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(untold.statusCode()).isEqualTo(413);
            assertThat(untold.body()).isEqualTo("Request entity too large: limit is 10000");
        }
    }

    @Test
    void answersABodyThatDripsWith408() throws Exception {
        try (Listening server = new Listening(SHORT, ECHO);
                SSLSocket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n".getBytes(UTF_8));
            Thread drip = Thread.ofVirtual().start(() -> drip(out, "x".repeat(90)));
            byte[] answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, UTF_8)).isEqualTo("HTTP/1.1 408");
            drip.interrupt();
        }
    }

    @Test
    void closesAConnectionWhoseHeadersDrip() throws Exception {
        try (Listening server = new Listening(SHORT, ECHO);
                SSLSocket socket = server.socket()) {
            long start = System.nanoTime();
            OutputStream out = socket.getOutputStream();
            Thread drip = Thread.ofVirtual()
                    .start(() -> drip(out, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(99)));
            assertThat(readToEnd(socket)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
            drip.interrupt();
        }
    }

    @Test
    void closesAConnectionWhoseHandshakeDoesNotEnd() throws Exception {
        try (Listening server = new Listening(SHORT, ECHO);
                java.net.Socket socket = new java.net.Socket("localhost", server.listener.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void drip(OutputStream out, String text) {
        try {
            for (byte b : text.getBytes(UTF_8)) {
                out.write(b);
                out.flush();
                Thread.sleep(200);
            }
        } catch (IOException | InterruptedException e) {
            // The connection is closed, which is what is wanted.
        }
    }

    private static String readToEnd(SSLSocket socket) {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException reset) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
                "NONSENSE\r\n\r\n"
            })
    void answersWhatIsNoHttpWith400AndCloses(String text) throws Exception {
        try (Listening server = new Listening(SHORT, ECHO);
                SSLSocket socket = server.socket()) {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            assertThat(readToEnd(socket)).startsWith("HTTP/1.1 400").doesNotContain("Exception", "at org.");
        }
    }

    @Test
    void answersHeadersThatAreTooLargeWith431() throws Exception {
        try (Listening server = new Listening(SHORT, ECHO)) {
            HttpClient client = server.client(Version.HTTP_1_1, Listening.stranger());
            HttpResponse<String> response = client.send(
                    server.request("/").header("X-Long", "x".repeat(5_000)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(431);
        }
    }

    @Test
    void closesTheIdleConnectionsBeyondTheLimit() throws Exception {
        Limits two = new Limits(
                100,
                4_096,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                2,
                10,
                10);
        try (Listening server = new Listening(two, ECHO)) {
            List<SSLSocket> sockets = List.of(server.socket(), server.socket(), server.socket());
            for (SSLSocket socket : sockets) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            long start = System.nanoTime();
            readToEnd(sockets.getFirst());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            sockets.getLast().getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertThat(sockets.getLast().getInputStream().read()).isEqualTo('T');
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (Listening server = new Listening(SHORT, ECHO);
                HttpListener second = new HttpListener(
                        new java.net.InetSocketAddress(
                                java.net.InetAddress.getLoopbackAddress(), server.listener.port()),
                        Listening.identity(Listening.authority("ca"), "localhost"),
                        SHORT,
                        Duration.ZERO,
                        ECHO)) {
            assertThatThrownBy(second::start).isInstanceOf(IOException.class);
        }
    }

    @Test
    void asksClientsThatAreNotKnownToComeOverANewConnection() throws Exception {
        BiConsumer<ApiRequest, ReplySink> refusing =
                (request, sink) -> sink.send(PlainText.of(401, "no").with("Connection", "close"));
        try (Listening server = new Listening(SHORT, refusing)) {
            HttpClient client = server.client(Version.HTTP_2, Listening.stranger());
            for (int i = 0; i < 3; i++) {
                assertThat(get(server, client, "/").statusCode()).isEqualTo(401);
            }
        }
    }
}
