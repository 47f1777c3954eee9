package dev.kubepki.pki.inventory;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.FileProblem;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.files.KubeconfigPem;
import dev.kubepki.pki.files.KubeconfigUser;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Every certificate of a kubeconfig: each user's and each cluster's CAs, inside or in files that it names.
final class KubeconfigEntries {
    private final String file;
    private final OptionalInt mode;
    private final DurableFiles files;

    KubeconfigEntries(String file, OptionalInt mode, DurableFiles files) {
        this.file = file;
        this.mode = mode;
        this.files = files;
    }

    /// Those of all users, named after the file and the user.
    List<Entry> users(Kubeconfig config) {
        List<Entry> entries = new ArrayList<>();
        for (KubeconfigUser user : config.users()) {
            entries.addAll(user(user, file + " user " + user.name()));
        }
        return entries;
    }

    /// A user's certificate and what follows it; nothing for one who logs in otherwise.
    List<Entry> user(KubeconfigUser user, String name) {
        return read(name, user::clientCertificate);
    }

    /// The CAs of all clusters.
    List<Entry> clusters(Kubeconfig config) {
        List<Entry> entries = new ArrayList<>();
        for (KubeconfigCluster cluster : config.clusters()) {
            entries.addAll(read(file + " cluster " + cluster.name(), cluster::certificateAuthority));
        }
        return entries;
    }

    private interface Field {
        Optional<KubeconfigPem> get();
    }

    private List<Entry> read(String name, Field field) {
        String place = file;
        try {
            Optional<KubeconfigPem> pem = field.get();
            if (pem.isEmpty()) {
                return List.of();
            }
            boolean elsewhere = pem.get() instanceof KubeconfigPem.InFile;
            place = elsewhere ? pem.get().toString() : file;
            List<Entry> entries = new ArrayList<>();
            for (Certificate certificate : Certificate.readAll(pem.get().read(files))) {
                entries.add(Entry.found(
                        name, place, PurposeText.of(certificate), certificate, elsewhere ? OptionalInt.empty() : mode));
            }
            return entries.isEmpty()
                    ? lacking(name, place, CertificateState.UNREADABLE, "holds no certificate")
                    : entries;
        } catch (FileFailure e) {
            boolean missing = e.problem() == FileProblem.MISSING;
            CertificateState lack = missing ? CertificateState.MISSING : CertificateState.UNREADABLE;
            return lacking(name, place, lack, String.valueOf(e.getMessage()));
        } catch (KubeconfigFailure | KeyFailure | X509Failure e) {
            return lacking(name, place, CertificateState.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private static List<Entry> lacking(String name, String place, CertificateState lack, String problem) {
        return List.of(Entry.lacking(name, place, "unknown", lack, problem));
    }
}
