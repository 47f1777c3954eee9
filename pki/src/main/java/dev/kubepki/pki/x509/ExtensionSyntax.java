package dev.kubepki.pki.x509;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// Whether the bytes of an extension are what its identifier promises (RFC 5280 §4.2).
final class ExtensionSyntax {
    private interface Reader {
        void read(Extension extension) throws IOException;
    }

    private static final Map<String, Reader> READERS = Map.of(
            Extension.SUBJECT_KEY_IDENTIFIER, ExtensionSyntax::subjectKeyIdentifier,
            Extension.KEY_USAGE, ExtensionSyntax::keyUsage,
            Extension.SUBJECT_ALT_NAME, ExtensionSyntax::subjectAltName,
            Extension.BASIC_CONSTRAINTS, ExtensionSyntax::basicConstraints,
            Extension.NAME_CONSTRAINTS, NameConstraints::decode,
            Extension.CRL_DISTRIBUTION_POINTS,
                    e -> nonEmpty(CRLDistPoint.getInstance(e.value()).getDistributionPoints()),
            Extension.CERTIFICATE_POLICIES,
                    e -> nonEmpty(CertificatePolicies.getInstance(e.value()).getPolicyInformation()),
            Extension.AUTHORITY_KEY_IDENTIFIER, Extensions::authorityKeyIdentifier,
            Extension.EXTENDED_KEY_USAGE,
                    e -> nonEmpty(Extensions.extendedKeyUsages(e).toArray()),
            Extension.AUTHORITY_INFORMATION_ACCESS, ExtensionSyntax::authorityInformationAccess);

    private ExtensionSyntax() {}

    /// What is wrong with the content; empty for a sound one, and for an extension that is not known here.
    static Optional<String> problem(Extension extension) {
        Reader reader = READERS.get(extension.oid());
        if (reader == null) {
            return Optional.empty();
        }
        try {
            if (!isDer(extension.value())) {
                return Optional.of("its content is not DER");
            }
            reader.read(extension);
            return Optional.empty();
        } catch (X509Failure e) {
            return Optional.ofNullable(e.getMessage());
        } catch (IOException | RuntimeException e) {
            return Optional.of("its content is damaged");
        }
    }

    /// Whether the bytes are one value in DER: encoding what was read gives the same bytes (X.690 §10, §11).
    static boolean isDer(byte[] bytes) {
        return Asn1.decode("a value", () -> {
            try {
                return Arrays.equals(bytes, ASN1Primitive.fromByteArray(bytes).getEncoded(ASN1Encoding.DER));
            } catch (IOException e) {
                return false;
            }
        });
    }

    static String ascii(String text) {
        if (text.chars().anyMatch(c -> c > 0x7e || c < 0x20)) {
            throw new X509Failure("a name in it has a character that is not ASCII");
        }
        return text;
    }

    private static void nonEmpty(Object[] values) {
        if (values.length == 0) {
            throw new X509Failure("its list is empty");
        }
    }

    private static void subjectKeyIdentifier(Extension extension) {
        if (ASN1OctetString.getInstance(extension.value()).getOctets().length == 0) {
            throw new X509Failure("its key identifier is empty");
        }
    }

    private static void keyUsage(Extension extension) {
        ASN1BitString bits = ASN1BitString.getInstance(extension.value());
        if (bits.getBytes().length > 2) {
            throw new X509Failure("it has more bits than there are key usages");
        }
        // §4.2.1.3: at least one bit must be set.
        if (Extensions.keyUsage(extension).isEmpty()) {
            throw new X509Failure("it allows no use at all");
        }
    }

    private static void basicConstraints(Extension extension) {
        BasicConstraints constraints = Extensions.basicConstraints(extension);
        if (constraints.pathLength().orElse(0) < 0
                || ASN1Sequence.getInstance(extension.value()).size() > 2) {
            throw new X509Failure("its path length is negative");
        }
    }

    private static void subjectAltName(Extension extension) {
        GeneralName[] names = GeneralNames.getInstance(extension.value()).getNames();
        nonEmpty(names);
        for (GeneralName name : names) {
            switch (name.getTagNo()) {
                case GeneralName.dNSName, GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier ->
                    ascii(ASN1IA5String.getInstance(name.getName()).getString());
                case GeneralName.iPAddress -> {
                    int length = ASN1OctetString.getInstance(name.getName()).getOctets().length;
                    if (length != 4 && length != 16) {
                        throw new X509Failure("it has an IP address of " + length + " bytes");
                    }
                }
                default -> {
                    // Read by GeneralName itself.
                }
            }
        }
    }

    private static void authorityInformationAccess(Extension extension) {
        AccessDescription[] descriptions =
                AuthorityInformationAccess.getInstance(extension.value()).getAccessDescriptions();
        nonEmpty(descriptions);
    }
}
