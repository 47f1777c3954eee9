package dev.kubepki.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V1alpha1Apiserverinternal;
import io.kubernetes.client.proto.V1beta1Admissionregistration;
import io.kubernetes.client.proto.V1beta1Certificates;
import io.kubernetes.client.proto.V1beta1Storage;
import io.kubernetes.client.proto.V1beta1Storagemigration;
import io.kubernetes.client.proto.V2Autoscaling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The schema that the program carries is what descriptors and overlay make.
final class SchemaResourceTest {
    /// A file to write the schema to, instead of comparing it:
    /// `-Dkubepki.write-schema=src/main/resources/dev/kubepki/api/schema/schema.txt`.
    private static final String WRITE = "kubepki.write-schema";

    private static final List<FileDescriptor> FILES = List.of(
            Meta.getDescriptor(),
            Runtime.getDescriptor(),
            IntStr.getDescriptor(),
            Resource.getDescriptor(),
            V1.getDescriptor(),
            V1Admissionregistration.getDescriptor(),
            V1Apiextensions.getDescriptor(),
            V1Apps.getDescriptor(),
            V1Authentication.getDescriptor(),
            V1Authorization.getDescriptor(),
            V1Autoscaling.getDescriptor(),
            V1Batch.getDescriptor(),
            V1Certificates.getDescriptor(),
            V1Coordination.getDescriptor(),
            V1Discovery.getDescriptor(),
            V1Events.getDescriptor(),
            V1Flowcontrol.getDescriptor(),
            V1Networking.getDescriptor(),
            V1Node.getDescriptor(),
            V1Policy.getDescriptor(),
            V1Rbac.getDescriptor(),
            V1Resource.getDescriptor(),
            V1Scheduling.getDescriptor(),
            V1Storage.getDescriptor(),
            V1alpha1Apiserverinternal.getDescriptor(),
            V1beta1Admissionregistration.getDescriptor(),
            V1beta1Certificates.getDescriptor(),
            V1beta1Storage.getDescriptor(),
            V1beta1Storagemigration.getDescriptor(),
            V2Autoscaling.getDescriptor());

    private static final String GROUPS = """
            admissionregistration.v1 admissionregistration.k8s.io v1
            admissionregistration.v1beta1 admissionregistration.k8s.io v1beta1
            apiserverinternal.v1alpha1 internal.apiserver.k8s.io v1alpha1
            apps.v1 apps v1
            authentication.v1 authentication.k8s.io v1
            authorization.v1 authorization.k8s.io v1
            autoscaling.v1 autoscaling v1
            autoscaling.v2 autoscaling v2
            batch.v1 batch v1
            certificates.v1 certificates.k8s.io v1
            certificates.v1alpha1 certificates.k8s.io v1alpha1
            certificates.v1beta1 certificates.k8s.io v1beta1
            coordination.v1 coordination.k8s.io v1
            coordination.v1beta1 coordination.k8s.io v1beta1
            coordination.v1alpha2 coordination.k8s.io v1alpha2
            core.v1 - v1
            discovery.v1 discovery.k8s.io v1
            events.v1 events.k8s.io v1
            flowcontrol.v1 flowcontrol.apiserver.k8s.io v1
            networking.v1 networking.k8s.io v1
            node.v1 node.k8s.io v1
            policy.v1 policy v1
            rbac.v1 rbac.authorization.k8s.io v1
            resource.v1 resource.k8s.io v1
            scheduling.v1 scheduling.k8s.io v1
            storage.v1 storage.k8s.io v1
            storage.v1beta1 storage.k8s.io v1beta1
            storagemigration.v1beta1 storagemigration.k8s.io v1beta1
            """;

    @Test
    void resourceIsWhatDescriptorsAndOverlayMake() throws IOException {
        String text = new DescriptorSchema(FILES, groups(), new Overlay(resource("overlay.txt"))).text();
        String file = System.getProperty(WRITE, "");
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file), text, StandardCharsets.ISO_8859_1);
        }
        assertThat(text)
                .as("write the schema anew with -D%s=FILE", WRITE)
                .isEqualTo(file.isEmpty() ? resource(Schemas.RESOURCE) : Files.readString(Path.of(file)));
    }

    private static Map<String, String> groups() {
        Map<String, String> groups = new HashMap<>();
        for (String line : GROUPS.lines().toList()) {
            String[] words = line.split(" ", -1);
            groups.put("k8s.io.api." + words[0], words[1] + " " + words[2]);
        }
        groups.put("k8s.io.apimachinery.pkg.apis.meta.v1", "- v1");
        groups.put("k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1", "apiextensions.k8s.io v1");
        groups.put("k8s.io.kube_aggregator.pkg.apis.apiregistration.v1", "apiregistration.k8s.io v1");
        return groups;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SchemaResourceTest.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
