package dev.kubepki.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.auth.token.TokenKeys;
import dev.kubepki.server.auth.token.TokenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Sound inputs of each target, from which mutation starts.
final class Seeds {
    /// Writes the seeds of each target into a folder of its name under the given folder.
    public static void main(String[] args) throws IOException {
        Seeds seeds = new Seeds();
        for (FuzzTarget target : FuzzTarget.values()) {
            Path folder = Files.createDirectories(Path.of(args[0], target.name()));
            int number = 0;
            for (byte[] seed : seeds.of(target)) {
                Files.write(folder.resolve("seed-" + number++), seed);
            }
        }
    }

    List<byte[]> of(FuzzTarget target) {
        return switch (target) {
            case JSON_PATCH -> texts("""
                        [{"op":"test","path":"/metadata/labels/a","value":"b"},
                        {"op":"add","path":"/metadata/finalizers/-","value":"e~1f"},
                        {"op":"replace","path":"/spec/signerName","value":{"a":[1,2.5,null]}},
                        {"op":"remove","path":"/metadata/ownerReferences/1"},
                        {"op":"copy","from":"/metadata/finalizers/0","path":"/metadata/labels/x"},
                        {"op":"move","from":"/metadata/ownerReferences","path":"/status/y"}]""");
            case MERGE_PATCH -> texts("""
                        {"metadata":{"labels":{"a":null,"c":"d"},"finalizers":[]},"spec":{"usages":[null,{"a":null}]},
                        "status":null}""");
            case STRATEGIC_PATCH -> texts("""
                        {"metadata":{"$setElementOrder/ownerReferences":[{"uid":"2"},{"uid":"1"},{"uid":"3"}],
                        "ownerReferences":[{"uid":"1","$patch":"delete"},{"uid":"3","name":"z"}],
                        "$deleteFromPrimitiveList/finalizers":["a/b"],"labels":{"$patch":"replace","e":"f"}}}""", """
                        {"spec":{"$retainKeys":["signerName"],"signerName":"c"},
                        "status":{"conditions":[{"$patch":"replace"},{"type":"Denied"}]},
                        "metadata":{"$setElementOrder/finalizers":["c/d","a/b"]}}""");
            case BEARER_TOKEN -> texts("Bearer " + token(), "Bearer 07401b.f395accd246ae52d");
        };
    }

    private static String token() {
        TokenKeys keys = new TokenKeys(FuzzTarget.KEY, List.of(FuzzTarget.KEY.publicKey()));
        TokenSettings settings = TokenSettings.KUBEADM;
        TokenIssuer.Named account = new TokenIssuer.Named("sa", "uid-1");
        return new TokenIssuer(
                        () -> keys, settings, FuzzTarget.CODEC, FuzzTarget.PROVIDER, FuzzTarget.CLOCK, new Random(7))
                .issue(new TokenIssuer.Wanted("ns", account, null, null, null, settings.audiences(), 3600))
                .token();
    }

    private static List<byte[]> texts(String... texts) {
        return List.of(texts).stream().map(text -> text.getBytes(ISO_8859_1)).toList();
    }
}
