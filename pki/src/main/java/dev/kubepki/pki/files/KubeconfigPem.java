package dev.kubepki.pki.files;

import java.nio.file.Path;

/// Where a kubeconfig has a certificate or key: in itself, or in a file that it names. Never shows its bytes.
public sealed interface KubeconfigPem {
    /// The PEM text, read from its file if it isn't embedded.
    ///
    /// @throws FileFailure if the file can't be read
    byte[] read(DurableFiles files);

    /// PEM in the kubeconfig itself.
    final class Embedded implements KubeconfigPem {
        private final byte[] pem;

        Embedded(byte[] pem) {
            this.pem = pem.clone();
        }

        public byte[] pem() {
            return pem.clone();
        }

        @Override
        public byte[] read(DurableFiles files) {
            return pem();
        }

        @Override
        public String toString() {
            return "embedded";
        }
    }

    /// PEM in another file.
    ///
    /// @param path absolute
    record InFile(Path path) implements KubeconfigPem {
        @Override
        public byte[] read(DurableFiles files) {
            return files.read(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
