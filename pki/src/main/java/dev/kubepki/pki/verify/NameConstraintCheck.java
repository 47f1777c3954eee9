package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.NameConstraints;
import dev.kubepki.pki.x509.NameConstraints.Subtree;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The name constraints of one CA against the names of a certificate below it (RFC 5280 §4.2.1.10).
final class NameConstraintCheck {
    private static final String EMAIL_ATTRIBUTE = "1.2.840.113549.1.9.1";

    private final Certificate authority;
    private final NameConstraints constraints;
    private final Spending spending;

    NameConstraintCheck(Certificate authority, NameConstraints constraints, Spending spending) {
        this.authority = authority;
        this.constraints = constraints;
        this.spending = spending;
    }

    Optional<Rejection> problem(Certificate certificate) {
        for (ConstrainedName name : names(certificate)) {
            if (!allows(name)) {
                return Optional.of(new Rejection.NameNotPermitted(certificate, name.toString(), authority));
            }
        }
        return Optional.empty();
    }

    /// The subject, every subject alternative name, and the subject's e-mail addresses where the alternative names hold
    /// none. A common name is not a DNS name.
    private static List<ConstrainedName> names(Certificate certificate) {
        List<ConstrainedName> names = new ArrayList<>();
        DistinguishedName subject = certificate.subject();
        if (!subject.isEmpty()) {
            names.add(new ConstrainedName.Directory(subject));
        }
        boolean emailSeen = false;
        for (SubjectAltName name : certificate.subjectAltNames()) {
            emailSeen |= name instanceof SubjectAltName.Email;
            names.add(ConstrainedName.of(name));
        }
        if (!emailSeen) {
            subject.values(EMAIL_ATTRIBUTE).forEach(email -> names.add(new ConstrainedName.Email(email)));
        }
        return names;
    }

    private boolean allows(ConstrainedName name) {
        for (Subtree subtree : constraints.excluded()) {
            spending.nameComparison();
            if (name.isOfKind(subtree) && (!name.isWellFormed() || name.meets(subtree))) {
                return false;
            }
        }
        boolean limited = false;
        for (Subtree subtree : constraints.permitted()) {
            spending.nameComparison();
            if (name.isOfKind(subtree)) {
                limited = true;
                if (name.isWellFormed() && name.isWithin(subtree)) {
                    return true;
                }
            }
        }
        return !limited;
    }
}
