package dev.kubepki.server.controller.sign;

import java.util.Optional;
import java.util.stream.Stream;

/// Why a signer can't sign an approved request yet. Each can be cured, and what waited is signed then.
public enum SigningCause {
    /// The CA's certificate or key is not there.
    CA_MISSING("SigningCAMissing", "put the CA's certificate and key where the signer reads them"),
    /// The CA's certificate or key is there and can't be read.
    CA_UNREADABLE("SigningCAUnreadable", "mend the file, or let the signer's user read it"),
    /// The CA's key is another certificate's.
    CA_KEY_MISMATCH("SigningCAKeyMismatch", "put the certificate and the key that belong together side by side"),
    /// The CA's certificate has ended.
    CA_EXPIRED("SigningCAExpired", "renew the CA's certificate"),
    /// The CA's certificate has not begun.
    CA_NOT_YET_VALID("SigningCANotYetValid", "set the clock, or wait until the CA's certificate begins"),
    /// The certificate is not a CA's.
    CA_NOT_AN_AUTHORITY("SigningCANotAuthority", "give the signer the certificate of a CA that may sign certificates"),
    /// The signature could not be written down, and so was not published.
    NOT_RECORDED("SignatureNotRecorded", "make room on the disk of the signer's ledger, or let it be written"),
    /// The cluster did not take the certificate.
    NOT_PUBLISHED(
            "CertificateNotPublished",
            "let the signer reach the cluster, and grant its user update on certificatesigningrequests/status and sign"
                    + " on the signer"),
    /// Something else went wrong.
    FAULT("SigningFault", "look into the signer's log");

    private final String reason;
    private final String remedy;

    SigningCause(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /// The reason of the event that tells it.
    public String reason() {
        return reason;
    }

    /// What a person does about it, the end of a sentence.
    public String remedy() {
        return remedy;
    }

    /// The cause that an event's reason stands for.
    public static Optional<SigningCause> ofReason(String reason) {
        return Stream.of(values()).filter(cause -> cause.reason.equals(reason)).findFirst();
    }
}
