package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.CommandSpec;

/// `kubepki csr`: requests for certificates in any cluster.
public final class CsrCommand {
    private CsrCommand() {}

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("csr", "Make, judge and follow requests for certificates in a cluster")
                .describedAs("""
                        Works on the CertificateSigningRequest objects of any cluster, found as kubectl finds it: by
                        --kubeconfig, the variable KUBECONFIG or ~/.kube/config, and its current context. As a plug-in of
                        kubectl it is called 'kubectl pki csr'.

                        Who may approve requests may become any user and any member of any group that the signer signs for.
                        Each word that shows or approves a request therefore tells what is conspicuous about it.
                        """)
                .groups(
                        CsrCreateCommand.spec(),
                        CsrListCommand.spec(),
                        CsrShow.showSpec(),
                        CsrShow.reviewSpec(),
                        CsrDecision.approveSpec(),
                        CsrDecision.denySpec(),
                        CsrWaitCommand.spec(),
                        CsrDownloadCommand.spec(),
                        CsrExplainCommand.spec());
    }
}
