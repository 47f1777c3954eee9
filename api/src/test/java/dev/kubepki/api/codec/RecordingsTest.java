package dev.kubepki.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a cluster and its clients sent each other, read and written again. The folder of the recordings is named by
/// `-Dkubepki.golden=DIR`.
@EnabledIfSystemProperty(named = RecordingsTest.FOLDER, matches = ".+")
final class RecordingsTest {
    static final String FOLDER = "kubepki.golden";

    private final Schema schema = Schemas.load();
    private final JsonCodec json = new JsonCodec(schema);
    private final ProtobufCodec protobuf = new ProtobufCodec(schema);

    @Test
    void everyRecordedProtobufIsWrittenAgainByteForByte() throws IOException {
        List<byte[]> bodies = bodies();
        assertThat(bodies).hasSizeGreaterThan(30);
        for (byte[] body : bodies) {
            ObjectNode object = protobuf.read(body);
            assertThat(protobuf.write(object)).as(object.toString()).isEqualTo(body);
        }
    }

    @Test
    void everyRecordedProtobufSurvivesJson() throws IOException {
        for (byte[] body : bodies()) {
            ObjectNode object = protobuf.read(body);
            byte[] written = json.write(object);
            ObjectNode read =
                    json.read(written, type(object), UnknownFields.DROP).tree();
            assertThat((JsonNode) read).isEqualTo(object);
            assertThat(protobuf.write(read)).isEqualTo(body);
        }
    }

    @Test
    void everyRecordedJsonObjectIsWrittenAsItWas() throws IOException {
        int objects = 0;
        for (JsonNode exchange : lines(folder().resolve("http/scenarios.jsonl"))) {
            if (exchange.path("response") instanceof ObjectNode answer && typeOf(answer) != null && !pruned(answer)) {
                String written = new String(json.write(answer), UTF_8);
                assertThat(written.strip()).as(exchange.path("name").asString()).isEqualTo(text(answer));
                Decoded<ObjectNode> read = json.read(json.write(answer), type(answer), UnknownFields.DROP);
                assertThat(read.problems()).isEmpty();
                assertThat(new String(json.write(read.tree()), UTF_8)).isEqualTo(written);
                objects++;
            }
        }
        assertThat(objects).isGreaterThan(150);
    }

    /// Lists of other forms carry items of other kinds.
    private static boolean pruned(ObjectNode answer) {
        return answer.path("kind").asString("").equals("List");
    }

    private static String text(JsonNode node) {
        JsonWriter out = new JsonWriter(false, 1000);
        out.value(node);
        return new String(out.bytes(), UTF_8);
    }

    private @Nullable MessageType typeOf(ObjectNode object) {
        return schema.of(GroupVersion.parse(object.path("apiVersion").asString(""))
                .kind(object.path("kind").asString("")));
    }

    private MessageType type(ObjectNode object) {
        return Objects.requireNonNull(typeOf(object));
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER, ""));
    }

    private List<JsonNode> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> json.read(line.getBytes(UTF_8)).tree())
                    .toList();
        }
    }

    /// All bodies in protobuf, of clients, of the server, and of its store.
    private List<byte[]> bodies() throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        byte[] stored = Files.readAllBytes(folder().resolve("discovery/etcd-stored-values.json"));
        for (JsonNode value : json.read(stored).tree()) {
            bodies.add(Base64.getDecoder().decode(value.path("valueBase64").asString()));
        }
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (JsonNode exchange : lines(file)) {
                    for (String side : List.of("request", "response")) {
                        byte[] body = Base64.getDecoder()
                                .decode(exchange.path(side).path("base64").asString(""));
                        if (body.length > 4 && body[0] == 'k' && body[3] == 0) {
                            bodies.add(body);
                        }
                    }
                }
            }
        }
        return bodies;
    }
}
