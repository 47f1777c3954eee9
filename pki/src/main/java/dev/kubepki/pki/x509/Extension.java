package dev.kubepki.pki.x509;

import java.util.Arrays;
import java.util.Optional;

/// One extension as it stands in the certificate or request.
///
/// @param value the content of the extnValue OCTET STRING
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the bytes
public record Extension(String oid, boolean critical, byte[] value) {
    /// subjectKeyIdentifier.
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// keyUsage.
    public static final String KEY_USAGE = "2.5.29.15";
    /// subjectAltName.
    public static final String SUBJECT_ALT_NAME = "2.5.29.17";
    /// basicConstraints.
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    /// cRLDistributionPoints.
    public static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// certificatePolicies.
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    /// policyConstraints.
    public static final String POLICY_CONSTRAINTS = "2.5.29.36";
    /// authorityInfoAccess.
    public static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    /// nameConstraints.
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    /// authorityKeyIdentifier.
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// extKeyUsage.
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    /// What is wrong with the content, as the end of a sentence; empty where it is sound DER of the syntax that RFC
    /// 5280
    /// §4.2 gives the identifier, and for an identifier that is not known here.
    public Optional<String> syntaxProblem() {
        return ExtensionSyntax.problem(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extension that
                && oid.equals(that.oid)
                && critical == that.critical
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return oid.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Extension[" + oid + (critical ? ", critical" : "") + ", " + value.length + " bytes]";
    }
}
