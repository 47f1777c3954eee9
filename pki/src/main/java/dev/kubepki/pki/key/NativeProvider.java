package dev.kubepki.pki.key;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/// The only class that knows the native provider, so that a program without its jar still starts.
final class NativeProvider {
    private NativeProvider() {}

    static @Nullable Provider load() {
        try {
            return Holder.PROVIDER;
        } catch (LinkageError e) {
            // No jar, no library for this system, or a folder that forbids loading: the JDK's providers do the same
            // work.
            return null;
        }
    }

    /// Loads it, and runs the tests that it runs upon itself before it does its first work.
    static void prepare() {
        if (load() instanceof AmazonCorrettoCryptoProvider provider) {
            provider.runSelfTests();
        }
    }

    private static final class Holder {
        static final @Nullable Provider PROVIDER = instance();

        private static @Nullable Provider instance() {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            return provider.getLoadingError() == null ? provider : null;
        }
    }
}
