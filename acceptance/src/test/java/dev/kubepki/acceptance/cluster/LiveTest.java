package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `verify --live` before servers of OpenSSL's.
class LiveTest {
    @TempDir
    Path temporary;

    @Test
    void tellsThatAServerStillServesTheOldCertificateUntilItIsRestarted() throws Exception {
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), new Variant("documented", "ECDSA-P256", "separate"));
        try (OpensslServer old = apiserver(set)) {
            assertClean(verify(set, old));
            Kubepki.in(set.dir()).done("renew", "apiserver", "--dir", set.dir().toString());
            Shell.Result stale = verify(set, old);
            assertThat(stale.exit()).as(stale.out() + stale.err()).isEqualTo(3);
            assertThat(stale.out())
                    .contains(
                            "still serves an older certificate", "CN = kube-apiserver", "pki/apiserver.crt", "restart");
        }
        try (OpensslServer restarted = apiserver(set)) {
            assertClean(verify(set, restarted));
        }
    }

    @Test
    void looksAtAServerThatDemandsAClientCertificateToo() throws Exception {
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), new Variant("kubeadm", "ECDSA-P256", "separate"));
        Path etcdCa = set.file("pki/etcd/ca.crt");
        try (OpensslServer old = OpensslServer.forClientsOf(temporary, set.pair("pki/etcd/server.crt"), etcdCa)) {
            assertClean(verify(set, old));
            Kubepki.in(set.dir())
                    .done("renew", "etcd-server", "--dir", set.dir().toString());
            assertThat(verify(set, old).out()).contains("still serves an older certificate", "pki/etcd/server.crt");
        }
    }

    @Test
    void tellsAServerOfAnotherSetFromOneThatIsGone() throws Exception {
        Variant variant = new Variant("documented", "ECDSA-P256", "single-root");
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant);
        ClusterSet foreign =
                ClusterSet.make(temporary.resolve("foreign"), new Variant("kubeadm", "ECDSA-P256", "separate"));
        try (OpensslServer other = apiserver(foreign)) {
            Shell.Result result = verify(set, other);
            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.out()).contains("not of this set");
        }
        Shell.Result gone = verify(set, FreePort.on("127.0.0.1"));
        assertThat(gone.exit()).isEqualTo(3);
        assertThat(gone.out()).contains("can't be reached");
    }

    private OpensslServer apiserver(ClusterSet set) throws Exception {
        return OpensslServer.open(temporary, set.pair("pki/apiserver.crt"), set.file("pki/ca.crt"));
    }

    private static Shell.Result verify(ClusterSet set, OpensslServer server) throws Exception {
        return verify(set, server.port());
    }

    private static Shell.Result verify(ClusterSet set, int port) throws Exception {
        return Kubepki.in(set.dir()).run("verify", "--dir", set.dir().toString(), "--live", "127.0.0.1:" + port);
    }

    private static void assertClean(Shell.Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("0 errors, 0 warnings");
    }
}
