package dev.kubepki.pki.x509;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.NoticeReference;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyQualifierInfo;
import org.bouncycastle.asn1.x509.UserNotice;
import org.jspecify.annotations.Nullable;

/// The extensions that openssl prints over several lines.
final class OpensslConstraints {
    private OpensslConstraints() {}

    static String nameConstraints(byte[] value) {
        NameConstraints constraints = NameConstraints.getInstance(value);
        List<String> lines = new ArrayList<>();
        subtrees(lines, "Permitted:", constraints.getPermittedSubtrees());
        subtrees(lines, "Excluded:", constraints.getExcludedSubtrees());
        return String.join("\n", lines);
    }

    private static void subtrees(List<String> lines, String heading, GeneralSubtree @Nullable [] subtrees) {
        if (subtrees != null) {
            lines.add(heading);
            for (GeneralSubtree subtree : subtrees) {
                lines.add("  " + subtree(subtree.getBase()));
            }
        }
    }

    private static String subtree(GeneralName base) {
        if (base.getTagNo() != GeneralName.iPAddress) {
            return OpensslNames.generalOneLine(base);
        }
        byte[] bytes = ASN1OctetString.getInstance(base.getName()).getOctets();
        int half = bytes.length / 2;
        return bytes.length == 8 || bytes.length == 32
                ? "IP:"
                        + OpensslNames.address(java.util.Arrays.copyOf(bytes, half))
                        + "/"
                        + OpensslNames.address(java.util.Arrays.copyOfRange(bytes, half, bytes.length))
                : "IP:<invalid>";
    }

    static String distributionPoints(byte[] value) {
        List<String> lines = new ArrayList<>();
        for (DistributionPoint point : CRLDistPoint.getInstance(value).getDistributionPoints()) {
            DistributionPointName name = point.getDistributionPoint();
            if (name != null) {
                name(lines, name);
            }
            if (point.getReasons() != null) {
                lines.add("Reasons:");
                lines.add("  " + OpensslExtensions.bits(point.getReasons().getBytes(), OpensslExtensions.REASONS));
            }
            if (point.getCRLIssuer() != null) {
                lines.add("CRL Issuer:");
                names(lines, point.getCRLIssuer());
            }
        }
        return String.join("\n", lines);
    }

    private static void name(List<String> lines, DistributionPointName name) {
        if (name.getType() == DistributionPointName.FULL_NAME) {
            lines.add("Full Name:");
            names(lines, GeneralNames.getInstance(name.getName()));
        } else {
            org.bouncycastle.asn1.x500.RDN rdn = org.bouncycastle.asn1.x500.RDN.getInstance(name.getName());
            lines.add("Relative Name:");
            lines.add("  " + OpensslNames.oneLine(new X500Name(new org.bouncycastle.asn1.x500.RDN[] {rdn})));
        }
    }

    private static void names(List<String> lines, GeneralNames names) {
        for (GeneralName each : names.getNames()) {
            lines.add("  " + OpensslNames.generalOneLine(each));
        }
    }

    static String policies(byte[] value) {
        List<String> lines = new ArrayList<>();
        for (PolicyInformation policy : CertificatePolicies.getInstance(value).getPolicyInformation()) {
            lines.add("Policy: " + ObjectNames.longName(policy.getPolicyIdentifier()));
            ASN1Sequence qualifiers = policy.getPolicyQualifiers();
            for (int i = 0; qualifiers != null && i < qualifiers.size(); i++) {
                qualifier(lines, PolicyQualifierInfo.getInstance(qualifiers.getObjectAt(i)));
            }
        }
        return String.join("\n", lines);
    }

    private static void qualifier(List<String> lines, PolicyQualifierInfo qualifier) {
        ASN1ObjectIdentifier type = qualifier.getPolicyQualifierId();
        switch (type.getId()) {
            case "1.3.6.1.5.5.7.2.1" ->
                lines.add("  CPS: "
                        + OpensslNames.escaped(ASN1IA5String.getInstance(qualifier.getQualifier())
                                .getString()));
            case "1.3.6.1.5.5.7.2.2" -> notice(lines, UserNotice.getInstance(qualifier.getQualifier()));
            default -> lines.add("  Unknown Qualifier: " + type.getId());
        }
    }

    private static void notice(List<String> lines, UserNotice notice) {
        lines.add("  User Notice:");
        NoticeReference reference = notice.getNoticeRef();
        if (reference != null) {
            List<String> numbers = new ArrayList<>();
            for (ASN1Integer number : reference.getNoticeNumbers()) {
                numbers.add(number.getValue().toString());
            }
            lines.add("    Organization: "
                    + OpensslNames.escaped(reference.getOrganization().getString()));
            lines.add((numbers.size() == 1 ? "    Number: " : "    Numbers: ") + String.join(", ", numbers));
        }
        if (notice.getExplicitText() != null) {
            lines.add("    Explicit Text: "
                    + OpensslNames.escaped(notice.getExplicitText().getString()));
        }
    }
}
