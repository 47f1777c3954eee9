package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.stream.Collectors;

/// Rejections as sentences.
final class RejectionText {
    private RejectionText() {}

    static String of(Rejection rejection) {
        return switch (rejection) {
            case Rejection.Expired r -> name(r.where()) + " expired at " + r.notAfter() + ", and it is " + r.at();
            case Rejection.NotYetValid r ->
                name(r.where()) + " is not valid before " + r.notBefore() + ", and it is " + r.at();
            case Rejection.UnknownIssuer r ->
                name(r.where()) + " was signed by '" + r.issuer() + "', which is not among the known CAs";
            case Rejection.BadSignature r ->
                name(r.where()) + " names '" + r.issuer().subject()
                        + "' as its issuer, but was not signed by that CA's key";
            case Rejection.PathTooLong r ->
                name(r.where()) + " allows " + r.allowed() + " CAs below itself, and there are more";
            case Rejection.NameNotPermitted r ->
                name(r.where()) + " carries the name '" + r.name() + "', which the name constraints of "
                        + name(r.constrainedBy()) + " do not allow";
            case Rejection.NameMismatch r ->
                name(r.where()) + " is not for '" + r.wanted() + "'; its subject alternative names are "
                        + names(r.present());
            case Rejection.Malformed r -> name(r.where()) + " is malformed: " + r.problem();
            case Rejection.RuleBroken r ->
                name(r.where()) + " breaks " + r.rule().source() + ": " + r.problem();
            case Rejection.BudgetExceeded r -> "the search for a path was stopped after " + r.limit() + " " + r.what();
            default -> ofUse(rejection);
        };
    }

    private static String ofUse(Rejection rejection) {
        return switch (rejection) {
            case Rejection.NotACa r -> name(r.where()) + " signed a certificate but is not a CA";
            case Rejection.MayNotSign r ->
                name(r.where()) + " signed a certificate, and its key usages (" + usages(r.present())
                        + ") do not allow it";
            case Rejection.WrongPurpose r ->
                name(r.where()) + " may not be used for " + r.required().field() + "; its extended key usages are "
                        + purposes(r.present());
            case Rejection.WrongKeyUsage r ->
                name(r.where()) + " needs the key usage " + r.required().field() + " and has " + usages(r.present());
            case Rejection.WeakKey r -> name(r.where()) + " has a key that is not accepted: " + r.key();
            case Rejection.WeakSignature r ->
                name(r.where()) + " is signed with " + r.algorithm() + ", which is not accepted";
            case Rejection.CriticalExtensionUnknown r ->
                name(r.where()) + " has the critical extension " + r.oid() + ", which is not understood here";
            case Rejection.MalformedExtension r ->
                name(r.where()) + " has a malformed extension " + r.oid() + ": " + r.problem();
            default -> throw new IllegalArgumentException("no sentence for " + rejection);
        };
    }

    private static String name(Certificate certificate) {
        return certificate.subject().isEmpty()
                ? "the certificate with serial " + certificate.serial().toString(16)
                : "'" + certificate.subject() + "'";
    }

    private static String names(List<SubjectAltName> names) {
        return names.isEmpty()
                ? "none (a common name does not count)"
                : names.stream().map(SubjectAltName::toString).collect(Collectors.joining(", "));
    }

    private static String usages(Iterable<KeyUsage> usages) {
        StringBuilder text = new StringBuilder();
        usages.forEach(u -> text.append(text.isEmpty() ? "" : ", ").append(u.field()));
        return text.toString();
    }

    private static String purposes(List<ExtendedKeyUsage> purposes) {
        return purposes.stream().map(ExtendedKeyUsage::field).collect(Collectors.joining(", "));
    }
}
