package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A private key and the file that it is in, or will be in. It never goes anywhere else.
///
/// @param made whether it is new
record KeyFile(Path path, SigningKey key, boolean made) {
    static OptionSpec algorithm() {
        return OptionSpec.text("key-algorithm", "ALGORITHM", "of a new private key")
                .defaultsTo(KeyAlgorithm.ECDSA_P256.label());
    }

    /// A new key, which is in no file yet.
    static KeyFile generate(Invocation in, Path path, boolean overwrite) throws CommandFailure {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !overwrite) {
            throw new CommandFailure(
                    path + ": is there already, and a private key is not overwritten unasked",
                    "Use it with --key, name another file, or give --overwrite.");
        }
        String name = in.required("key-algorithm");
        KeyAlgorithm algorithm = KeyAlgorithm.parse(name)
                .orElseThrow(() -> new UsageException("--key-algorithm: '" + name + "' is not a key algorithm"));
        CryptoProvider provider = CryptoProvider.forWork(algorithm.isRsa() ? 1 : 0, 1);
        return new KeyFile(path, provider.generate(algorithm), true);
    }

    /// One that is there.
    static KeyFile read(Path path) {
        return new KeyFile(path, KeyPem.readPrivateKey(new DurableFiles(FileOperations.disk()).read(path)), false);
    }

    /// As PEM.
    byte[] pem() {
        return KeyPem.encode(key).encoded();
    }

    /// Keeps a new key, and says so.
    void save(Invocation in) {
        save();
        if (made) {
            in.err().println("wrote the private key to " + path);
        }
    }

    /// Keeps a new key: mode 0600 before its bytes.
    void save() {
        if (made) {
            new DurableFiles(FileOperations.disk()).write(path, pem(), FileMode.OWNER_ONLY);
        }
    }

    /// Removes a new key for which nothing was asked in the end.
    void discard() throws IOException {
        if (made) {
            Files.deleteIfExists(path);
        }
    }
}
