package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.failure.ApiFailure;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WritesTest {
    private final Shelf shelf = Shelf.ofRequests();

    @AfterEach
    void close() {
        shelf.close();
    }

    private static ApiFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(ApiFailure.class, call);
    }

    @Test
    void stampsWhatIsNewAndWipesWhatClientsMayNotSet() {
        Answer answer = shelf.create("{'metadata':{'name':'a','uid':'x','creationTimestamp':'2020-01-01T00:00:00Z',"
                + "'deletionTimestamp':'2020-01-01T00:00:00Z','selfLink':'/a','generation':7,'namespace':'n'},"
                + "'spec':{'request':'eA=='}}");
        ObjectNode object = answer.object();
        assertThat(answer.code()).isEqualTo(201);
        assertThat(object.path("metadata").propertyNames())
                .containsExactlyInAnyOrder("name", "uid", "resourceVersion", "creationTimestamp", "managedFields");
        assertThat(Shelf.field(object, "apiVersion")).isEqualTo("certificates.k8s.io/v1");
        assertThat(Shelf.field(object, "metadata", "uid")).hasSize(36).isNotEqualTo("x");
        assertThat(Shelf.field(object, "metadata", "uid").charAt(14)).isEqualTo('4');
        assertThat(Shelf.field(object, "metadata", "creationTimestamp")).isEqualTo("2026-11-22T15:20:16Z");
        assertThat(shelf.get("a")).isEqualTo(object);
    }

    @Test
    void keepsBytesWithoutAResourceVersionAndSplicesItIn() {
        ObjectNode object = shelf.create("{'metadata':{'name':'a','labels':{'x':'y'}},'spec':{'request':'eA=='}}")
                .object();
        String version = Shelf.field(object, "metadata", "resourceVersion");
        StoredObject stored = shelf.registry.get(shelf.call("a"), new Options.Get(""));
        assertThat(new String(stored.json(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":")
                .doesNotContain("resourceVersion");
        assertThat(stored.key()).isEqualTo("/registry/certificatesigningrequests/a");
        assertThat(new String(
                        stored.json("certificates.k8s.io/v1beta1", false), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1beta1\",")
                .contains("\",\"resourceVersion\":\"" + version + "\",\"creationTimestamp\":");
        assertThat(new String(stored.json("certificates.k8s.io/v1", true), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"metadata\":{\"name\":\"a\",\"uid\":\"");
    }

    @Test
    void refusesASecondObjectOfOneName() {
        shelf.named("a");
        ApiFailure failure = failure(() -> shelf.named("a"));
        assertThat(failure.message()).isEqualTo("certificatesigningrequests.certificates.k8s.io \"a\" already exists");
        assertThat(failure.code()).isEqualTo(409);
    }

    @Test
    void refusesAResourceVersionOnWhatIsNew() {
        ApiFailure failure = failure(() -> shelf.create("{'metadata':{'name':'a','resourceVersion':'7'}}"));
        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure.reason()).isEmpty();
        assertThat(failure.message()).isEqualTo("resourceVersion should not be set on objects to be created");
    }

    @Test
    void generatesNamesFromLettersThatMakeNoWords() {
        ObjectNode object = shelf.create("{'metadata':{'generateName':'gen-'}}").object();
        assertThat(Shelf.field(object, "metadata", "name")).matches("gen-[bcdfghjklmnpqrstvwxz2456789]{5}");
    }

    @Test
    void storesNothingOnADryRun() {
        Answer answer = shelf.registry.create(
                shelf.call(""),
                new Body(Shelf.json("{'metadata':{'name':'dry'}}"), List.of()),
                new Options.Write("CreateOptions", "All", "", "", null));
        assertThat(Shelf.field(answer.object(), "metadata", "uid")).isNotEmpty();
        assertThat(answer.object().path("metadata").has("resourceVersion")).isFalse();
        assertThat(failure(() -> shelf.get("dry")).code()).isEqualTo(404);
    }

    @Test
    void wordsBadOptionsAsRecorded() {
        Options.Write dryRun = new Options.Write("CreateOptions", "Some", "", "", null);
        Body body = new Body(Shelf.json("{'metadata':{'name':'a'}}"), List.of());
        assertThat(failure(() -> shelf.registry.create(shelf.call(""), body, dryRun))
                        .message())
                .isEqualTo("CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]:"
                        + " supported values: \"All\"");
        Options.Write validation = new Options.Write("CreateOptions", "", "", "No", null);
        assertThat(failure(() -> shelf.registry.create(shelf.call(""), body, validation))
                        .message())
                .isEqualTo("CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"No\":"
                        + " supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    }

    @Test
    void warnsOfUnknownFieldsOrRefusesThem() {
        List<String> problems = List.of("unknown field \"bogus\"", "duplicate field \"kind\"");
        ObjectNode object = Shelf.json("{'kind':'CertificateSigningRequest','metadata':{'name':'a'}}");
        Options.Write strict = new Options.Write("CreateOptions", "", "", "Strict", null);
        assertThat(failure(() -> shelf.registry.create(shelf.call(""), new Body(object, problems), strict))
                        .message())
                .isEqualTo("CertificateSigningRequest in version \"v1\" cannot be handled as a"
                        + " CertificateSigningRequest: strict decoding error: unknown field \"bogus\","
                        + " duplicate field \"kind\"");
        shelf.registry.create(shelf.call(""), new Body(object, problems), Shelf.write("CreateOptions"));
        assertThat(shelf.warnings).isEqualTo(problems);
    }

    @Test
    void wordsBadNamesAsRecorded() {
        assertThat(failure(() -> shelf.create("{'metadata':{}}")).message())
                .isEqualTo("CertificateSigningRequest.certificates.k8s.io \"\" is invalid: metadata.name:"
                        + " Required value: name or generateName is required");
        assertThat(failure(() -> shelf.named("a/b")).message())
                .isEqualTo("CertificateSigningRequest.certificates.k8s.io \"a/b\" is invalid: metadata.name:"
                        + " Invalid value: \"a/b\": may not contain '/'");
        assertThat(failure(() -> shelf.named(".")).message()).endsWith("Invalid value: \".\": may not be '.'");
        assertThat(shelf.named("-a").path("kind").asString()).isEqualTo("CertificateSigningRequest");
    }

    @Test
    void limitsAnnotations() {
        String big = "x".repeat(300_000);
        ApiFailure failure =
                failure(() -> shelf.create("{'metadata':{'name':'big2','annotations':{'a':'" + big + "'}}}"));
        assertThat(failure.message())
                .isEqualTo("CertificateSigningRequest.certificates.k8s.io \"big2\" is invalid: metadata.annotations:"
                        + " Too long: may not be more than 262144 bytes");
    }

    @Test
    void updatesWithTheLatestResourceVersionOnly() {
        ObjectNode first = shelf.named("s1");
        ObjectNode labelled = first.deepCopy();
        Metadata.of(labelled).node().putObject("labels").put("u", "1");
        Answer answer = shelf.update(labelled);
        assertThat(answer.code()).isEqualTo(200);
        assertThat(Shelf.field(answer.object(), "metadata", "labels", "u")).isEqualTo("1");
        Metadata.of(first).node().putObject("labels").put("u", "2");
        assertThat(failure(() -> shelf.update(first)).message())
                .isEqualTo("Operation cannot be fulfilled on certificatesigningrequests.certificates.k8s.io \"s1\":"
                        + " the object has been modified; please apply your changes to the latest version and"
                        + " try again");
    }

    @Test
    void makesNoRevisionForAnUpdateThatChangesNothing() {
        ObjectNode first = shelf.named("s1");
        Answer answer = shelf.update(first.deepCopy());
        assertThat(Shelf.field(answer.object(), "metadata", "resourceVersion"))
                .isEqualTo(Shelf.field(first, "metadata", "resourceVersion"));
        assertThat(shelf.store.revision()).isEqualTo(Long.parseLong(Shelf.field(first, "metadata", "resourceVersion")));
    }

    @Test
    void overwritesWithoutAResourceVersionWhereTheKindAllowsIt() {
        ObjectNode first = shelf.named("s1");
        ObjectNode bare = Shelf.json("{'metadata':{'name':'s1','labels':{'a':'b'}}}");
        ObjectNode second = shelf.update(bare).object();
        assertThat(Shelf.field(second, "metadata", "uid")).isEqualTo(Shelf.field(first, "metadata", "uid"));
        assertThat(Shelf.field(second, "metadata", "creationTimestamp")).isEqualTo("2026-11-22T15:20:16Z");
    }

    @Test
    void asksForAResourceVersionWhereTheKindWantsOne() {
        try (Shelf bundles = new Shelf("certificates.k8s.io", "clustertrustbundles")) {
            bundles.named("x");
            ApiFailure failure = failure(() -> bundles.update(Shelf.json("{'metadata':{'name':'x'}}")));
            assertThat(failure.code()).isEqualTo(422);
            assertThat(failure.message())
                    .isEqualTo("clustertrustbundles.certificates.k8s.io \"x\" is invalid: metadata.resourceVersion:"
                            + " Invalid value: 0: must be specified for an update");
        }
    }

    @Test
    void wordsAForeignUidAsRecorded() {
        ObjectNode first = shelf.named("s1");
        ApiFailure failure = failure(() -> shelf.update(Shelf.json("{'metadata':{'name':'s1','uid':'wrong'}}")));
        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure.message())
                .isEqualTo("Operation cannot be fulfilled on certificatesigningrequests.certificates.k8s.io \"s1\":"
                        + " StorageError: invalid object, Code: 4, Key: /registry/certificatesigningrequests/s1,"
                        + " ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: wrong,"
                        + " UID in object meta: " + Shelf.field(first, "metadata", "uid"));
    }

    @Test
    void refusesAnotherNameThanTheUrls() {
        shelf.named("s1");
        ApiFailure failure = failure(() -> shelf.registry.update(
                shelf.call("s1"),
                new Body(Shelf.json("{'metadata':{'name':'other'}}"), List.of()),
                Shelf.write("UpdateOptions")));
        assertThat(failure.message())
                .isEqualTo("the name of the object (other) does not match the name on the URL (s1)");
    }

    @Test
    void answersNotFoundForAnUpdateOfWhatIsAbsent() {
        ApiFailure failure = failure(() -> shelf.update(Shelf.json("{'metadata':{'name':'nothere'}}")));
        assertThat(failure.message()).isEqualTo("certificatesigningrequests.certificates.k8s.io \"nothere\" not found");
    }

    @Test
    void createsByUpdateWhereTheKindAllowsIt() {
        try (Shelf roles = new Shelf("rbac.authorization.k8s.io", "clusterroles")) {
            Answer answer = roles.update(Shelf.json("{'metadata':{'name':'r'},'rules':[]}"));
            assertThat(answer.code()).isEqualTo(201);
        }
    }

    @Test
    void refusesObjectsInNamespacesThatAreNotThere() {
        try (Shelf roles = new Shelf("rbac.authorization.k8s.io", "roles")) {
            ApiFailure failure = failure(() -> roles.create("nons", "{'metadata':{'name':'r'}}"));
            assertThat(failure.code()).isEqualTo(404);
            assertThat(failure.message()).isEqualTo("namespaces \"nons\" not found");
            ApiFailure other = failure(() -> roles.create("a", "{'metadata':{'name':'r','namespace':'b'}}"));
            assertThat(other.message())
                    .isEqualTo("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    @Test
    void countsChangesOfTheSpecOnlyAsGenerations() {
        try (Shelf shelves = new Shelf("apps", "daemonsets")) {
            shelves.registry.create(
                    shelves.call(shelves.kinds.resource("", "namespaces").orElseThrow(), "", "", ""),
                    new Body(Shelf.json("{'metadata':{'name':'default'}}"), List.of()),
                    Shelf.write("CreateOptions"));
            ObjectNode object = shelves.create("default", "{'metadata':{'name':'d'},'spec':{'minReadySeconds':1}}")
                    .object();
            assertThat(object.path("metadata").path("generation").asInt()).isEqualTo(1);
            Metadata.of(object).node().putObject("labels").put("x", "y");
            object = shelves.update(object).object();
            assertThat(object.path("metadata").path("generation").asInt()).isEqualTo(1);
            ((ObjectNode) object.path("spec")).put("minReadySeconds", 2);
            object = shelves.update(object).object();
            assertThat(object.path("metadata").path("generation").asInt()).isEqualTo(2);
        }
    }
}
