package dev.kubepki.acceptance.cluster;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// OpenSSL's judgement of a chain, by its strict reading of RFC 5280.
record OpensslVerify(Path folder) {
    /// What it says of a certificate under a root, with the CA between handed over.
    String underRoot(Path root, Path between, Path leaf, String purpose) throws IOException, InterruptedException {
        return verify(
                "-CAfile", root.toString(), "-untrusted", between.toString(), "-purpose", purpose, leaf.toString());
    }

    /// What it says of a certificate under the file that the components trust, with nothing else.
    String underAnchor(Path anchor, Path leaf, String purpose) throws IOException, InterruptedException {
        return verify("-partial_chain", "-CAfile", anchor.toString(), "-purpose", purpose, leaf.toString());
    }

    private String verify(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("openssl", "verify", "-x509_strict", "-no-CApath", "-no-CAstore"));
        command.addAll(List.of(arguments));
        Shell.Result result = new Shell(folder, System.getenv()).run(command.toArray(String[]::new));
        return result.out() + result.err();
    }
}
