package dev.kubepki.pki.cluster;

import java.util.List;

/// Where a member of the set lies, relative to the set's folder, with `/` between names.
public sealed interface Output {
    /// A certificate and its private key, a file each.
    record Pair(String certificate, String key) implements Output {
        static Pair of(String base) {
            return new Pair("pki/" + base + ".crt", "pki/" + base + ".key");
        }

        @Override
        public List<String> paths() {
            return List.of(certificate, key);
        }

        @Override
        public Pair in(String folder) {
            return new Pair(folder + certificate, folder + key);
        }
    }

    /// A key pair without a certificate.
    record Keys(String privateKey, String publicKey) implements Output {
        @Override
        public List<String> paths() {
            return List.of(privateKey, publicKey);
        }

        @Override
        public Keys in(String folder) {
            return new Keys(folder + privateKey, folder + publicKey);
        }
    }

    /// A kubeconfig with certificate and key inside.
    record Config(String path) implements Output {
        @Override
        public List<String> paths() {
            return List.of(path);
        }

        @Override
        public Config in(String folder) {
            return new Config(folder + path);
        }
    }

    /// Every file, the one with the certificate first.
    List<String> paths();

    /// The same below a folder, which is empty or ends in `/`.
    Output in(String folder);
}
