package dev.kubepki.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.ProtobufCodec;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Sound inputs of each target, from which mutation starts.
final class Seeds {
    private static final String REQUEST = """
            {"kind":"CertificateSigningRequest","apiVersion":"certificates.k8s.io/v1","metadata":{"name":"jane",
            "creationTimestamp":"2026-11-22T15:20:16Z","generation":3,"labels":{"a":"é😀","b":""},
            "ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u","controller":false}],
            "managedFields":[{"manager":"m","time":"2026-11-22T15:20:16Z","fieldsV1":{"f:metadata":{".":{}}}}]},
            "spec":{"request":"QUJD","signerName":"example.com/s","expirationSeconds":3600,"usages":["client auth"],
            "extra":{"k":["v","w"],"e":[]}},
            "status":{"conditions":[{"type":"Approved","status":"True","lastUpdateTime":"2026-11-22T15:20:16Z",
            "lastTransitionTime":null}],"certificate":"QQ=="}}""";

    private static final String POD = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"},"spec":{"volumes":[{"name":"v","projected":{
            "sources":[{"serviceAccountToken":{"path":"t"}}],"defaultMode":420}}],"containers":[{"name":"c",
            "ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1500m"}},
            "livenessProbe":{"httpGet":{"port":"http","path":"/<a>"}},
            "readinessProbe":{"tcpSocket":{"port":8080},"periodSeconds":1}}],"hostNetwork":true,
            "tolerations":[{"tolerationSeconds":0}]},"status":{"startTime":"2026-11-22T15:20:16Z"}}""";

    private static final String DEFINITION = """
            {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"d"},
            "spec":{"versions":[{"name":"v1","schema":{"openAPIV3Schema":{"type":"object","default":{"a":[1,2.5,null]},
            "enum":["a",1],"minimum":-1.5,"additionalProperties":false,"items":{"type":"string"},
            "dependencies":{"a":["b"],"c":{"type":"string"}},"not":{"x-kubernetes-int-or-string":true}}}}]}}""";

    private static final String YAML = """
            # a comment
            a: &x {b: [1, 2.5, yes, ~, "q\\u00e9"], c: 'it''s'}
            d: |
              line
                more
            e: >-
              folded
              text
            ? f
            : *x
            g:
            - - 1
            - <<: *x
              2026-11-22: 0644
            """;

    private final JsonCodec json = new JsonCodec(FuzzTarget.SCHEMA);
    private final ProtobufCodec protobuf = new ProtobufCodec(FuzzTarget.SCHEMA);

    List<byte[]> of(FuzzTarget target) {
        return switch (target) {
            case JSON -> texts(REQUEST, POD, DEFINITION, "[1,-2.5e-7,1e21,\"\\ud83d\\ude00\",true,null]");
            case YAML -> texts(YAML, REQUEST);
            case REQUEST_JSON, REQUEST_YAML -> texts(REQUEST);
            case REQUEST_PROTOBUF -> List.of(protobuf(REQUEST));
            case POD_JSON -> texts(POD);
            case POD_PROTOBUF -> List.of(protobuf(POD));
            case DEFINITION_JSON -> texts(DEFINITION);
            case DEFINITION_PROTOBUF -> List.of(protobuf(DEFINITION));
            case ACCEPT -> texts("application/json;as=Table;v=v1;g=meta.k8s.io;q=0.9, application/yaml;q=1, */*;q=.1");
        };
    }

    private byte[] protobuf(String text) {
        return protobuf.write((ObjectNode) json.read(text.getBytes(UTF_8)).tree());
    }

    private static List<byte[]> texts(String... texts) {
        return List.of(texts).stream().map(text -> text.getBytes(UTF_8)).toList();
    }
}
