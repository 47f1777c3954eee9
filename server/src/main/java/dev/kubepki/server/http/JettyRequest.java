package dev.kubepki.server.http;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A request of the engine.
final class JettyRequest implements ApiRequest {
    private final Request request;
    private final Limits limits;
    private byte @Nullable [] body;

    JettyRequest(Request request, Limits limits) {
        this.request = request;
        this.limits = limits;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    @Override
    public @Nullable String rawQuery() {
        return request.getHttpURI().getQuery();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    @Override
    public List<String> values(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public Collection<String> names() {
        return request.getHeaders().getFieldNamesCollection();
    }

    @Override
    public List<X509Certificate> clientChain() {
        EndPoint.SslSessionData session =
                request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        X509Certificate[] chain = session == null ? null : session.peerCertificates();
        return chain == null ? List.of() : List.of(chain);
    }

    @Override
    public String remoteAddress() {
        String address = Request.getRemoteAddr(request);
        return address == null ? "" : address;
    }

    @Override
    public boolean isMultiplexed() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    @Override
    public byte[] body() {
        byte[] read = body;
        if (read == null) {
            read = new BodyReader(request, limits).read();
            body = read;
        }
        return read;
    }
}
