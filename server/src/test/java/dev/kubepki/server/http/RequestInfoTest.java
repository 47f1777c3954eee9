package dev.kubepki.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestInfoTest {
    private static RequestInfo of(String method, String target) {
        return TestRequest.of(method, target).exchange().info();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/secrets,                                   list,             '', v1, '',  secrets,    '',     ''",
        "GET,    /api/v1/namespaces/ns/secrets,                     list,             '', v1, ns,  secrets,    '',     ''",
        "GET,    /api/v1/namespaces/ns/secrets/a,                   get,              '', v1, ns,  secrets,    a,      ''",
        "HEAD,   /api/v1/namespaces/ns/secrets/a,                   get,              '', v1, ns,  secrets,    a,      ''",
        "POST,   /api/v1/namespaces/ns/secrets,                     create,           '', v1, ns,  secrets,    '',     ''",
        "PUT,    /api/v1/namespaces/ns/secrets/a,                   update,           '', v1, ns,  secrets,    a,      ''",
        "PATCH,  /api/v1/namespaces/ns/secrets/a,                   patch,            '', v1, ns,  secrets,    a,      ''",
        "DELETE, /api/v1/namespaces/ns/secrets/a,                   delete,           '', v1, ns,  secrets,    a,      ''",
        "DELETE, /api/v1/namespaces/ns/secrets,                     deletecollection, '', v1, ns,  secrets,    '',     ''",
        "GET,    /api/v1/namespaces,                                list,             '', v1, '',  namespaces, '',     ''",
        "GET,    /api/v1/namespaces/ns,                             get,              '', v1, ns,  namespaces, ns,     ''",
        "PUT,    /api/v1/namespaces/ns/finalize,                    update,           '', v1, ns,  namespaces, ns,     finalize",
        "GET,    /api/v1/namespaces/ns/status,                      get,              '', v1, ns,  namespaces, ns,     status",
        "GET,    /apis/g.io/v2/things,                              list,           g.io, v2, '',  things,     '',     ''",
        "PUT,    /apis/g.io/v2/things/x/approval,                   update,         g.io, v2, '',  things,     x,      approval",
        "GET,    /apis/g.io/v2/namespaces/ns/things/x/status,       get,            g.io, v2, ns,  things,     x,      status",
        "GET,    /apis/g.io/v2/things?watch=true,                   watch,          g.io, v2, '',  things,     '',     ''",
        "GET,    /apis/g.io/v2/things?watch=1,                      watch,          g.io, v2, '',  things,     '',     ''",
        "GET,    /apis/g.io/v2/things?watch,                        watch,          g.io, v2, '',  things,     '',     ''",
        "GET,    /apis/g.io/v2/things?watch=0,                      list,           g.io, v2, '',  things,     '',     ''",
        "GET,    /apis/g.io/v2/things?watch=False,                  list,           g.io, v2, '',  things,     '',     ''",
        "GET,    /apis/g.io/v2/things/x?watch=1,                    get,            g.io, v2, '',  things,     x,      ''",
        "GET,    /apis/g.io/v2/watch/things,                        watch,          g.io, v2, '',  things,     '',     ''",
        "GET,    /apis/g.io/v2/watch/namespaces/ns/things/x,        watch,          g.io, v2, ns,  things,     x,      ''",
        "GET,    /apis/g.io/v2/things?fieldSelector=metadata.name=y,list,           g.io, v2, '',  things,     y,      ''",
        "GET,    /apis/g.io/v2/things/,                             list,           g.io, v2, '',  things,     '',     ''",
        "BREW,   /apis/g.io/v2/things,                              '',             g.io, v2, '',  things,     '',     ''",
    })
    void readsResources(
            String method,
            String target,
            String verb,
            String group,
            String version,
            String namespace,
            String resource,
            String name,
            String subresource) {
        RequestInfo info = of(method, target);
        assertThat(info.isResource()).isTrue();
        assertThat(new String[] {
                    info.verb(),
                    info.group(),
                    info.version(),
                    info.namespace(),
                    info.resource(),
                    info.name(),
                    info.subresource()
                })
                .containsExactly(verb, group, version, namespace, resource, name, subresource);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api", "/api/", "/api/v1", "/apis", "/apis/g.io", "/apis/g.io/v1", "/healthz", "/x/y/z"})
    void takesTheRestForPaths(String path) {
        RequestInfo info = of("GET", path);
        assertThat(info.isResource()).isFalse();
        assertThat(info.verb()).isEqualTo("get");
        assertThat(info.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/g.io/v2/things/a%2Fb",
                "/apis/g.io/v2/things/a%2fstatus",
                "/apis/g.io/v2/things/%00",
                "/apis/g.io/v2/things/a%0a",
                "/apis/g.io/v2//things",
                "//apis/g.io/v2/things",
                "/apis/g.io/v2/../things",
                "/apis/g.io/v2/%2e%2e/things",
                "/apis/g.io/v2/./things",
                "/apis/g.io/v2/things/%zz",
                "/apis/g.io/v2/things/%a",
                "/apis/g.io/v2/things/%ff%fe",
                "apis/g.io/v2/things",
                "/api/v1/things?labelSelector=%zz"
            })
    void refusesWhatCouldBeReadInTwoWays(String target) {
        assertThatThrownBy(() -> of("GET", target)).isInstanceOf(PathFailure.class);
    }

    @Test
    void decodesNames() {
        assertThat(of("GET", "/apis/g.io/v2/things/example.com%3As%3Ab").name()).isEqualTo("example.com:s:b");
    }

    @ParameterizedTest
    @CsvSource({
        "metadata.name=a, a",
        "metadata.name==a, a",
        "'spec.x=1,metadata.name=a', a",
        "metadata.name!=a, ''",
        "metadata.namespace=a, ''",
        "'metadata.name=a\\,b', 'a,b'",
        "metadata.name=a/b, a/b"
    })
    void findsTheNameThatASelectorAsksFor(String selector, String name) {
        assertThat(FieldSelectorName.of(selector)).isEqualTo(name);
    }

    @Test
    void takesNoNameFromASelectorThatIsNone() {
        assertThat(of("GET", "/apis/g.io/v2/things?fieldSelector=metadata.name%3Da%2Fb")
                        .name())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET,false", "POST,true", "DELETE,true", "PATCH,true", "BREW,true"})
    void knowsWhatMayChangeSomething(String method, boolean mutating) {
        assertThat(of(method, "/apis/g.io/v2/things").isMutating()).isEqualTo(mutating);
    }
}
