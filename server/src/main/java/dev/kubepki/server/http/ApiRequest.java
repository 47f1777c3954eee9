package dev.kubepki.server.http;

import dev.kubepki.server.auth.HeaderFields;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as it came in. The listener makes it from what its engine has, tests from values.
interface ApiRequest extends HeaderFields {
    /// In upper case.
    String method();

    /// As it was sent, escapes and all.
    String rawPath();

    /// Null when there is none.
    @Nullable
    String rawQuery();

    /// The first value of a header; null when there is none.
    @Nullable
    String header(String name);

    /// The client's chain, not judged; empty when it showed none.
    List<X509Certificate> clientChain();

    /// The client's address, without its port.
    String remoteAddress();

    /// Whether the protocol multiplexes requests over one connection.
    boolean isMultiplexed();

    /// The whole body, read when first asked for.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 413 for more than the limit, 408 for one that comes too slowly
    byte[] body();

    /// The first value of a header; empty when there is none.
    @Override
    default String value(String name) {
        String value = header(name);
        return value == null ? "" : value;
    }
}
