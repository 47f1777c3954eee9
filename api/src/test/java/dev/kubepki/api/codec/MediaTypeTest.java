package dev.kubepki.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^|JSON|OBJECT",
                "*/*|JSON|OBJECT",
                "application/*|JSON|OBJECT",
                "application/json, */*|JSON|OBJECT",
                "application/json;charset=utf-8|JSON|OBJECT",
                "application/vnd.kubernetes.protobuf,application/json|PROTOBUF|OBJECT",
                "application/json;q=0.5, application/yaml|YAML|OBJECT",
                "application/yaml;q=0, application/json|JSON|OBJECT",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json|JSON|TABLE",
                "application/yaml;as=Table;v=v1beta1;g=meta.k8s.io|YAML|TABLE",
                "application/json;as=Table;v=v2;g=meta.k8s.io,application/json|JSON|OBJECT",
                "application/json;as=Bogus;v=v1;g=meta.k8s.io,application/yaml|YAML|OBJECT",
                "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,application/json|JSON|OBJECT",
                "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
                        + "|PROTOBUF|PARTIAL_LIST",
                "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1|JSON|PARTIAL",
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json|JSON|OBJECT",
                "text/html, application/json;q=0.1|JSON|OBJECT",
            })
    void takesTheFirstThatCanBeHad(String accept, Format format, MediaType.As as) {
        MediaType type = MediaType.of(accept, false);
        assertThat(type.format()).isEqualTo(format);
        assertThat(type.as()).isEqualTo(as);
    }

    @Test
    void refusesWhatCannotBeHad() {
        assertThatThrownBy(() -> MediaType.of("text/html", true))
                .hasMessage("406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
                        + "application/vnd.kubernetes.protobuf, application/json;stream=watch, "
                        + "application/vnd.kubernetes.protobuf;stream=watch");
        assertThatThrownBy(() -> MediaType.of("application/cbor", false))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(406))
                .hasMessage("406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
                        + "application/vnd.kubernetes.protobuf");
        assertThatThrownBy(() -> MediaType.ofWatch("application/yaml")).isInstanceOf(ApiFailure.class);
    }

    @Test
    void namesTheStreamOfProtobufWatches() {
        String accept = "application/vnd.kubernetes.protobuf;stream=watch";
        assertThat(MediaType.ofWatch(accept).watchContentType()).isEqualTo(accept);
        assertThat(MediaType.ofWatch("").watchContentType()).isEqualTo("application/json");
    }

    @Test
    void asksForSeveralLines() {
        assertThat(MediaType.of("application/json;pretty=1", false).pretty()).isTrue();
    }

    @Test
    void knowsTheFormatsOfBodies() {
        assertThat(MediaType.ofBody(null)).isEqualTo(Format.JSON);
        assertThat(MediaType.ofBody("application/json; charset=utf-8")).isEqualTo(Format.JSON);
        assertThat(MediaType.ofBody("Application/YAML")).isEqualTo(Format.YAML);
        assertThatThrownBy(() -> MediaType.ofBody("text/plain"))
                .hasMessage("the body of the request was in an unknown format - accepted media types include: "
                        + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
    }
}
