package dev.kubepki.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Rbac;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Against the messages of the official Java client.
final class ProtobufCodecTest {
    private static final Schema SCHEMA = Schemas.load();
    private final ProtobufCodec codec = new ProtobufCodec(SCHEMA);
    private final JsonCodec json = new JsonCodec(SCHEMA);

    private static byte[] envelope(String apiVersion, String kind, ByteString message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(Unknown.newBuilder()
                .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(message)
                .build()
                .toByteArray());
        return out.toByteArray();
    }

    private static Unknown opened(byte[] bytes) throws Exception {
        return Unknown.parseFrom(Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    private ObjectNode tree(String text) {
        return (ObjectNode) json.read(text.getBytes(UTF_8)).tree();
    }

    private static V1Certificates.CertificateSigningRequest csr() {
        return V1Certificates.CertificateSigningRequest.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("jane")
                        .setNamespace("")
                        .setGeneration(0)
                        .setCreationTimestamp(
                                Meta.Time.newBuilder().setSeconds(1_800_000_000).setNanos(0))
                        .putLabels("a", "b")
                        .addManagedFields(Meta.ManagedFieldsEntry.newBuilder()
                                .setFieldsV1(Meta.FieldsV1.newBuilder()
                                        .setRaw(ByteString.copyFromUtf8("{\"f:metadata\":{}}")))))
                .setSpec(V1Certificates.CertificateSigningRequestSpec.newBuilder()
                        .setRequest(ByteString.copyFromUtf8("pem"))
                        .setExpirationSeconds(0)
                        .addUsages("client auth")
                        .putExtra(
                                "k",
                                V1Certificates.ExtraValue.newBuilder()
                                        .addItems("v")
                                        .build()))
                .build();
    }

    @Test
    void readsWhatTheJavaClientWrites() {
        ObjectNode object =
                codec.read(envelope("certificates.k8s.io/v1", "CertificateSigningRequest", csr().toByteString()));
        assertThat(object).hasToString("""
                        {"kind":"CertificateSigningRequest","apiVersion":"certificates.k8s.io/v1","metadata":{\
                        "name":"jane","creationTimestamp":"2027-01-15T08:00:00Z","labels":{"a":"b"},"managedFields":[\
                        {"fieldsV1":{"f:metadata":{}}}]},"spec":{"request":"cGVt","usages":["client auth"],\
                        "extra":{"k":["v"]},"expirationSeconds":0,"signerName":""},"status":{}}""");
    }

    @Test
    void writesWhatTheJavaClientReads() throws Exception {
        ObjectNode object =
                codec.read(envelope("certificates.k8s.io/v1", "CertificateSigningRequest", csr().toByteString()));
        Unknown unknown = opened(codec.write(object));
        assertThat(unknown.getTypeMeta().getKind()).isEqualTo("CertificateSigningRequest");
        V1Certificates.CertificateSigningRequest back =
                V1Certificates.CertificateSigningRequest.parseFrom(unknown.getRaw());
        assertThat(back.getSpec().getRequest().toStringUtf8()).isEqualTo("pem");
        assertThat(back.getSpec().hasExpirationSeconds()).isTrue();
        assertThat(back.getSpec().getExtraOrThrow("k").getItemsList()).containsExactly("v");
        assertThat(back.getMetadata().getCreationTimestamp().getSeconds()).isEqualTo(1_800_000_000);
        assertThat(back.getMetadata().getManagedFields(0).getFieldsV1().getRaw().toStringUtf8())
                .isEqualTo("{\"f:metadata\":{}}");
        // Values that are no pointers are written even when they are empty.
        assertThat(back.getMetadata().hasGenerateName()).isTrue();
        assertThat(back.hasStatus()).isTrue();
        assertThat(back.getMetadata().hasDeletionTimestamp()).isFalse();
    }

    @Test
    void readsAndWritesListsAndNestedMessages() throws Exception {
        V1.Pod pod = V1.Pod.newBuilder()
                .setSpec(V1.PodSpec.newBuilder()
                        .addVolumes(V1.Volume.newBuilder()
                                .setName("v")
                                .setVolumeSource(V1.VolumeSource.newBuilder()
                                        .setEmptyDir(V1.EmptyDirVolumeSource.newBuilder()
                                                .setMedium("Memory"))))
                        .addContainers(V1.Container.newBuilder()
                                .setName("c")
                                .setResources(V1.ResourceRequirements.newBuilder()
                                        .putLimits(
                                                "cpu",
                                                Quantity.newBuilder()
                                                        .setString("2")
                                                        .build()))
                                .setLivenessProbe(V1.Probe.newBuilder()
                                        .setHandler(V1.ProbeHandler.newBuilder()
                                                .setTcpSocket(V1.TCPSocketAction.newBuilder()
                                                        .setPort(IntOrString.newBuilder()
                                                                .setType(1)
                                                                .setStrVal("web")))))))
                .build();
        V1.PodList list = V1.PodList.newBuilder().addItems(pod).build();
        ObjectNode object = codec.read(envelope("v1", "PodList", list.toByteString()));
        JsonNode spec = object.at("/items/0/spec");
        assertThat(spec.at("/volumes/0/emptyDir/medium").asString()).isEqualTo("Memory");
        assertThat(spec.at("/containers/0/resources/limits/cpu").asString()).isEqualTo("2");
        assertThat(spec.at("/containers/0/livenessProbe/tcpSocket/port").asString())
                .isEqualTo("web");
        V1.Pod back = V1.PodList.parseFrom(opened(codec.write(object)).getRaw()).getItems(0);
        assertThat(back.getSpec().getVolumes(0).getVolumeSource().getEmptyDir().getMedium())
                .isEqualTo("Memory");
        assertThat(back.getSpec()
                        .getContainers(0)
                        .getLivenessProbe()
                        .getHandler()
                        .getTcpSocket()
                        .getPort()
                        .getStrVal())
                .isEqualTo("web");
        assertThat((JsonNode) codec.read(codec.write(object))).isEqualTo(object);
    }

    @Test
    void writesMapsSortedByKey() throws Exception {
        ObjectNode object =
                tree("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"b\":\"1\",\"a\":\"2\",\"c\":\"\"}}");
        V1.ConfigMap map = V1.ConfigMap.parseFrom(opened(codec.write(object)).getRaw());
        assertThat(map.getDataMap().keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void writesStatusAndWatchFrames() throws Exception {
        ObjectNode status = tree("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"code\":410,\"details\":{\"causes\":[{\"reason\":\"r\",\"message\":\"m\"}]}}");
        byte[] frame = codec.watchFrame("ERROR", status);
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        assertThat(buffer.getInt()).isEqualTo(frame.length - 4);
        Meta.WatchEvent event = Meta.WatchEvent.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
        assertThat(event.getType()).isEqualTo("ERROR");
        byte[] inner = event.getObject().getRaw().toByteArray();
        Meta.Status back = Meta.Status.parseFrom(opened(inner).getRaw());
        assertThat(back.getCode()).isEqualTo(410);
        assertThat(back.getDetails().getCauses(0).getReason()).isEqualTo("r");
    }

    @Test
    void readsOptionsOfDeletion() {
        Meta.DeleteOptions options = Meta.DeleteOptions.newBuilder()
                .setGracePeriodSeconds(0)
                .setPropagationPolicy("Background")
                .setOrphanDependents(false)
                .setPreconditions(Meta.Preconditions.newBuilder().setUid("u"))
                .build();
        assertThat(codec.read(envelope("v1", "DeleteOptions", options.toByteString())))
                .hasToString("{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"gracePeriodSeconds\":0,"
                        + "\"preconditions\":{\"uid\":\"u\"},\"orphanDependents\":false,"
                        + "\"propagationPolicy\":\"Background\"}");
    }

    @Test
    void putsAMessageTogetherThatComesInParts() {
        ByteString role = V1Rbac.Role.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("a"))
                .build()
                .toByteString()
                .concat(V1Rbac.Role.newBuilder()
                        .setMetadata(Meta.ObjectMeta.newBuilder().setNamespace("b"))
                        .build()
                        .toByteString());
        ObjectNode object = codec.read(envelope("rbac.authorization.k8s.io/v1", "Role", role));
        assertThat(object.get("metadata")).hasToString("{\"name\":\"a\",\"namespace\":\"b\"}");
    }

    @Test
    void refusesEveryTruncationWithAWord() {
        byte[] whole = envelope("certificates.k8s.io/v1", "CertificateSigningRequest", csr().toByteString());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                codec.read(cut);
            } catch (DecodeFailure failure) {
                assertThat(failure.text()).isNotEmpty();
            }
        }
        assertThatThrownBy(() -> codec.read(Arrays.copyOf(whole, whole.length - 1)))
                .hasMessage("unexpected EOF");
    }

    @Test
    void refusesDamageWithAWord() {
        byte[] whole = envelope("certificates.k8s.io/v1", "CertificateSigningRequest", csr().toByteString());
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = whole.clone();
            damaged[4 + random.nextInt(whole.length - 4)] = (byte) random.nextInt();
            damaged[4 + random.nextInt(whole.length - 4)] ^= (byte) (1 << random.nextInt(8));
            try {
                json.write(codec.read(damaged));
            } catch (DecodeFailure failure) {
                assertThat(failure.text()).isNotEmpty();
            }
        }
    }

    @Test
    void refusesWrongWireTypesAndInvalidText() {
        byte[] number = {8, 1};
        assertThatThrownBy(() -> codec.read(envelope("v1", "Secret", ByteString.copyFrom(number))))
                .hasMessage("proto: wrong wireType = 0 for field metadata");
        byte[] latin = {10, 3, 10, 1, (byte) 0xff};
        assertThatThrownBy(() -> codec.read(envelope("v1", "Secret", ByteString.copyFrom(latin))))
                .hasMessage("proto: field name contains invalid UTF-8");
    }

    @Test
    void refusesDepthThatNoObjectHas() {
        ByteString schema = ByteString.EMPTY;
        for (int i = 0; i < 1_000; i++) {
            // JSONSchemaProps.not
            schema = ByteString.copyFrom(field(28, schema.toByteArray()));
        }
        byte[] crd = field(2, field(7, field(4, field(1, schema.toByteArray()))));
        assertThatThrownBy(() -> codec.read(
                        envelope("apiextensions.k8s.io/v1", "CustomResourceDefinition", ByteString.copyFrom(crd))))
                .hasMessage("proto: exceeded max depth");
    }

    private static byte[] field(int number, byte[] content) {
        WireWriter out = new WireWriter(content.length + 10);
        out.bytes(number, content);
        return out.bytes();
    }

    @Test
    void namesKindsItDoesNotKnow() {
        assertThatThrownBy(() -> codec.read(envelope("v1", "Bogus", ByteString.EMPTY)))
                .hasMessage("no kind \"Bogus\" is registered for version \"v1\"");
    }
}
