package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.codec.Bodies;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.server.registry.Options;
import dev.kubepki.server.registry.WatchSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceRoutesTest {
    private static final Schema SCHEMA = Schemas.load();
    private static final String CSRS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    private final FakeOperations operations = new FakeOperations();
    private final ResourceRoutes routes = routes();

    private ResourceRoutes routes() {
        List<Kind> table = Kinds.load();
        ServedKinds kinds = ServedKinds.of(table, RuntimeConfig.DEFAULT);
        Negotiation negotiation = new Negotiation();
        Encoder encoder = new Encoder(SCHEMA);
        Handlers handlers = new Handlers(
                operations,
                negotiation,
                new Presentation(encoder, Clock.systemUTC()),
                new Bodies(SCHEMA),
                new PatchReader(new JsonCodec(SCHEMA)));
        WatchRoute watches = new WatchRoute(operations, negotiation, encoder, new FrameCache(), Clock.systemUTC());
        return new ResourceRoutes(kinds, handlers.table(), watches);
    }

    private Reply.Whole serve(TestRequest request) {
        return (Reply.Whole) routes.serve(request.exchange());
    }

    private static String text(Reply.Whole reply) {
        return new String(reply.body(), UTF_8);
    }

    @Test
    void getsOneObjectFromItsBytes() {
        assertThat(text(serve(TestRequest.get(CSRS + "/a?resourceVersion=0"))))
                .isEqualTo("{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}\n");
        assertThat(operations.asked).containsExactly(new Options.Get("0"));
    }

    @Test
    void listsFromBytes() {
        assertThat(text(serve(TestRequest.get(CSRS))))
                .isEqualTo("{\"kind\":\"CertificateSigningRequestList\",\"apiVersion\":\"certificates.k8s.io/v1\","
                        + "\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"more\",\"remainingItemCount\":3},"
                        + "\"items\":[{\"metadata\":{\"name\":\"n0\",\"resourceVersion\":\"7\"}},"
                        + "{\"metadata\":{\"name\":\"n1\",\"resourceVersion\":\"7\"}}]}\n");
    }

    @Test
    void writesALargeListPieceByPieceAndAsTheSameText() throws IOException {
        operations.listed = 5;
        String small = text(serve(TestRequest.get(CSRS)));
        operations.listed = 10_000;
        Reply.Pieces large = (Reply.Pieces) routes.serve(TestRequest.get(CSRS).exchange());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        large.writer().write(out);
        String text = out.toString(UTF_8);
        assertThat(text)
                .startsWith(small.substring(0, small.length() - 3))
                .endsWith("\"n9999\",\"resourceVersion\":\"7\"}}]}\n");
        assertThat(new JsonCodec(SCHEMA)
                        .read(out.toByteArray())
                        .tree()
                        .path("items")
                        .size())
                .isEqualTo(10_000);
    }

    @Test
    void indentsForPeople() {
        assertThat(text(serve(TestRequest.get(CSRS + "/a").with("User-Agent", "curl/8"))))
                .startsWith("{\n  \"kind\": \"CertificateSigningRequest\",\n");
        assertThat(text(serve(TestRequest.get(CSRS + "/a?pretty=true")))).startsWith("{\n");
        assertThat(text(serve(TestRequest.get(CSRS + "/a?pretty=false").with("User-Agent", "curl/8"))))
                .startsWith("{\"kind\"");
    }

    @ParameterizedTest
    @CsvSource({
        "application/yaml, application/yaml, 'apiVersion: certificates.k8s.io/v1'",
        "application/vnd.kubernetes.protobuf, application/vnd.kubernetes.protobuf, 'k8s'",
        "'application/json;as=Table;v=v1;g=meta.k8s.io,application/json', application/json, '{\"kind\":\"Table\"'",
        "'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io', application/json,"
                + " '{\"kind\":\"PartialObjectMetadata\"'",
        "'text/html,application/json;q=0.5', application/json, '{\"kind\":\"CertificateSigningRequest\"'"
    })
    void answersInTheFormThatIsAskedFor(String accept, String type, String beginning) {
        Reply.Whole reply = serve(TestRequest.get(CSRS + "/a").with("Accept", accept));
        assertThat(reply.headers()).contains(new Reply.Header("Content-Type", type));
        assertThat(text(reply)).startsWith(beginning);
    }

    @Test
    void refusesFormsThatThereAreNot() {
        assertThatThrownBy(() -> serve(TestRequest.get(CSRS).with("Accept", "text/html")))
                .hasMessage("406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf, application/json;stream=watch,"
                        + " application/vnd.kubernetes.protobuf;stream=watch");
    }

    @Test
    void createsFromJsonYamlAndWhateverSaysNothing() {
        String json = "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"bogus\":1}}";
        Reply.Whole reply = serve(
                TestRequest.of("POST", CSRS + "?dryRun=All&fieldManager=me").body(json));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(operations.asked).containsExactly(new Options.Write("CreateOptions", "All", "me", "", null));
        assertThat(Objects.requireNonNull(operations.bodies.get("create "))
                        .path("kind")
                        .asString(""))
                .isEqualTo("CertificateSigningRequest");
        serve(TestRequest.of("POST", CSRS)
                .with("Content-Type", "application/yaml")
                .body("metadata: {name: yam}"));
        assertThat(operations
                        .bodies
                        .get("create ")
                        .path("metadata")
                        .path("name")
                        .asString(""))
                .isEqualTo("yam");
    }

    @Test
    void handsOnWhatStrictReadingHoldsAgainstABody() {
        Exchange exchange = TestRequest.of("POST", CSRS).body("{\"bogus\":1}").exchange();
        routes.serve(exchange);
        assertThat(exchange.warnings()).containsExactly("unknown field \"bogus\"");
    }

    @Test
    void refusesBodiesOfOtherTypes() {
        assertThatThrownBy(() -> serve(TestRequest.of("POST", CSRS)
                        .with("Content-Type", "text/plain")
                        .body("x")))
                .hasMessageStartingWith("the body of the request was in an unknown format");
        assertThatThrownBy(() -> serve(TestRequest.of("PATCH", CSRS + "/a")
                        .with("Content-Type", "application/json")
                        .body("{}")))
                .hasMessage("415: Unsupported Media Type");
    }

    @Test
    void patchesWithTheTypeWithoutItsParameters() {
        serve(TestRequest.of("PATCH", CSRS + "/a")
                .with("Content-Type", "application/apply-patch+yaml; charset=utf-8")
                .body("metadata: {labels: {a: b}}"));
        assertThat(operations.asked)
                .last()
                .isEqualTo("application/apply-patch+yaml {\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    }

    @Test
    void takesDeleteOptionsFromTheBodyWhenThereIsOneElseFromTheQuery() {
        serve(TestRequest.of("DELETE", CSRS + "/a?propagationPolicy=Orphan")
                .body("{\"preconditions\":{\"uid\":\"u\"},\"gracePeriodSeconds\":5}"));
        serve(TestRequest.of("DELETE", CSRS + "/a?propagationPolicy=Orphan"));
        assertThat(operations.asked)
                .containsExactly(
                        new Options.Delete(5L, "u", "", null, "", ""),
                        new Options.Delete(null, "", "", null, "Orphan", ""));
    }

    @Test
    void deletesCollectionsByTheirSelection() {
        serve(TestRequest.of("DELETE", CSRS + "?labelSelector=a%3Db&dryRun=All"));
        assertThat(operations.asked).hasSize(2).last().isEqualTo(new Options.Delete(null, "", "", null, "", "All"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /apis/nope/v1/things",
        "GET, /apis/certificates.k8s.io/v9/certificatesigningrequests",
        "GET, /apis/certificates.k8s.io/v1/nopes"
    })
    void knowsNoOtherKinds(String method, String path) {
        Reply.Whole reply = serve(TestRequest.of(method, path));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(text(reply)).isEqualTo("404 page not found\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /apis/certificates.k8s.io/v1/certificatesigningrequests/a/nosub, 404",
        "GET, /apis/certificates.k8s.io/v1/certificatesigningrequests/a/status/x, 404",
        "GET, /apis/certificates.k8s.io/v1/namespaces/ns/certificatesigningrequests, 404",
        "GET, /api/v1/secrets/a, 404",
        "GET, /api/v1/namespaces/ns/pods/a/log, 404",
        "POST, /apis/certificates.k8s.io/v1/certificatesigningrequests/a, 405",
        "PUT, /apis/certificates.k8s.io/v1/certificatesigningrequests, 405",
        "PATCH, /apis/certificates.k8s.io/v1/certificatesigningrequests, 405",
        "DELETE, /apis/certificates.k8s.io/v1/certificatesigningrequests/a/status, 405",
        "HEAD, /apis/certificates.k8s.io/v1/certificatesigningrequests/a, 405",
        "BREW, /apis/certificates.k8s.io/v1/certificatesigningrequests, 405",
        "POST, /api/v1/secrets, 405",
        "GET, /apis/authorization.k8s.io/v1/subjectaccessreviews, 405"
    })
    void refusesWhatAKindDoesNotHave(String method, String path, int code) {
        assertThatThrownBy(() -> serve(TestRequest.of(method, path)))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private String watch(TestRequest request) {
        Reply.Stream reply = (Reply.Stream) routes.serve(request.exchange());
        reply.beginning().run();
        StringBuilder text = new StringBuilder();
        ByteBuffer piece = reply.stream().next();
        while (piece != null) {
            text.append(UTF_8.decode(piece));
            piece = reply.stream().next();
        }
        reply.stream().gone();
        assertThat(operations.asked).last().isEqualTo("closed");
        return text.toString();
    }

    @Test
    void watchesInLinesOfJson() {
        assertThat(watch(TestRequest.get(CSRS + "?watch=1")).lines())
                .startsWith("{\"type\":\"ADDED\",\"object\":{\"kind\":\"CertificateSigningRequest\","
                        + "\"apiVersion\":\"certificates.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"n0\",\"resourceVersion\":\"7\"}}}")
                .endsWith("{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"CertificateSigningRequest\","
                        + "\"apiVersion\":\"certificates.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"9\","
                        + "\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}},"
                        + "\"spec\":{\"request\":null,\"signerName\":\"\"},\"status\":{}}}")
                .hasSize(3);
    }

    @Test
    void tellsTheColumnsOfATableWatchOnce() {
        String tables = watch(
                TestRequest.get(CSRS + "?watch=1").with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        assertThat(tables.split("\"columnDefinitions\":\\[", -1)).hasSize(2);
        assertThat(tables.split("\"columnDefinitions\":null", -1)).hasSize(3);
    }

    @Test
    void framesProtobufWatchesByLength() {
        Reply.Stream reply = (Reply.Stream) routes.serve(TestRequest.get(CSRS + "?watch=1")
                .with("Accept", "application/vnd.kubernetes.protobuf;stream=watch")
                .exchange());
        assertThat(reply.headers())
                .contains(new Reply.Header("Content-Type", "application/vnd.kubernetes.protobuf;stream=watch"));
        reply.beginning().run();
        ByteBuffer bytes = Objects.requireNonNull(reply.stream().next());
        int frames = 0;
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            bytes.position(bytes.position() + length);
            frames++;
        }
        assertThat(frames).isEqualTo(3);
    }

    @Test
    void sharesTheBytesOfAnEventAmongWatchesOfOneForm() {
        FrameCache cache = new FrameCache();
        FakeOperations.Named object = new FakeOperations.Named("a");
        byte[] first = cache.get(object, WatchSink.Type.ADDED, "json", () -> new byte[1]);
        assertThat(cache.get(object, WatchSink.Type.ADDED, "json", () -> new byte[2]))
                .isSameAs(first);
        assertThat(cache.get(object, WatchSink.Type.DELETED, "json", () -> new byte[2]))
                .hasSize(2);
    }
}
