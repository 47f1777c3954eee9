package dev.kubepki.pki.x509;

import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/// The short and long names that openssl prints for object identifiers.
final class ObjectNames {
    private record Names(String shortName, String longName) {}

    /// One object a line: identifier, short name, and the long name where it differs.
    private static final String TABLE = """
            0.9.2342.19200300.100.1.1|UID|userId
            0.9.2342.19200300.100.1.25|DC|domainComponent
            1.2.840.10040.4.1|DSA|dsaEncryption
            1.2.840.10040.4.3|DSA-SHA1|dsaWithSHA1
            1.2.840.10045.2.1|id-ecPublicKey
            1.2.840.10045.3.1.7|prime256v1
            1.2.840.10045.4.1|ecdsa-with-SHA1
            1.2.840.10045.4.2|ecdsa-with-Recommended
            1.2.840.10045.4.3|ecdsa-with-Specified
            1.2.840.10045.4.3.1|ecdsa-with-SHA224
            1.2.840.10045.4.3.2|ecdsa-with-SHA256
            1.2.840.10045.4.3.3|ecdsa-with-SHA384
            1.2.840.10045.4.3.4|ecdsa-with-SHA512
            1.2.840.113549.1.1.1|rsaEncryption
            1.2.840.113549.1.1.2|RSA-MD2|md2WithRSAEncryption
            1.2.840.113549.1.1.3|RSA-MD4|md4WithRSAEncryption
            1.2.840.113549.1.1.4|RSA-MD5|md5WithRSAEncryption
            1.2.840.113549.1.1.5|RSA-SHA1|sha1WithRSAEncryption
            1.2.840.113549.1.1.6|rsaOAEPEncryptionSET
            1.2.840.113549.1.1.7|RSAES-OAEP|rsaesOaep
            1.2.840.113549.1.1.8|MGF1|mgf1
            1.2.840.113549.1.1.9|PSPECIFIED|pSpecified
            1.2.840.113549.1.1.10|RSASSA-PSS|rsassaPss
            1.2.840.113549.1.1.11|RSA-SHA256|sha256WithRSAEncryption
            1.2.840.113549.1.1.12|RSA-SHA384|sha384WithRSAEncryption
            1.2.840.113549.1.1.13|RSA-SHA512|sha512WithRSAEncryption
            1.2.840.113549.1.1.14|RSA-SHA224|sha224WithRSAEncryption
            1.2.840.113549.1.1.15|RSA-SHA512/224|sha512-224WithRSAEncryption
            1.2.840.113549.1.1.16|RSA-SHA512/256|sha512-256WithRSAEncryption
            1.2.840.113549.1.9.1|emailAddress
            1.2.840.113549.1.9.2|unstructuredName
            1.2.840.113549.1.9.7|challengePassword
            1.2.840.113549.1.9.8|unstructuredAddress
            1.2.840.113549.1.9.14|extReq|Extension Request
            1.2.840.113549.1.9.15|SMIME-CAPS|S/MIME Capabilities
            1.3.6.1.4.1.311.2.1.14|msExtReq|Microsoft Extension Request
            1.3.6.1.4.1.311.2.1.21|msCodeInd|Microsoft Individual Code Signing
            1.3.6.1.4.1.311.2.1.22|msCodeCom|Microsoft Commercial Code Signing
            1.3.6.1.4.1.311.10.3.1|msCTLSign|Microsoft Trust List Signing
            1.3.6.1.4.1.311.10.3.3|msSGC|Microsoft Server Gated Crypto
            1.3.6.1.4.1.311.10.3.4|msEFS|Microsoft Encrypted File System
            1.3.6.1.4.1.311.17.1|CSPName|Microsoft CSP Name
            1.3.6.1.4.1.311.17.2|LocalKeySet|Microsoft Local Key set
            1.3.6.1.4.1.311.20.2.2|msSmartcardLogin|Microsoft Smartcard Login
            1.3.6.1.4.1.311.20.2.3|msUPN|Microsoft User Principal Name
            1.3.6.1.4.1.311.60.2.1.1|jurisdictionL|jurisdictionLocalityName
            1.3.6.1.4.1.311.60.2.1.2|jurisdictionST|jurisdictionStateOrProvinceName
            1.3.6.1.4.1.311.60.2.1.3|jurisdictionC|jurisdictionCountryName
            1.3.6.1.4.1.11129.2.4.2|ct_precert_scts|CT Precertificate SCTs
            1.3.6.1.4.1.11129.2.4.3|ct_precert_poison|CT Precertificate Poison
            1.3.6.1.4.1.11129.2.4.4|ct_precert_signer|CT Precertificate Signer
            1.3.6.1.4.1.11129.2.4.5|ct_cert_scts|CT Certificate SCTs
            1.3.6.1.5.5.7.1.1|authorityInfoAccess|Authority Information Access
            1.3.6.1.5.5.7.1.11|subjectInfoAccess|Subject Information Access
            1.3.6.1.5.5.7.1.24|tlsfeature|TLS Feature
            1.3.6.1.5.5.7.3.1|serverAuth|TLS Web Server Authentication
            1.3.6.1.5.5.7.3.2|clientAuth|TLS Web Client Authentication
            1.3.6.1.5.5.7.3.3|codeSigning|Code Signing
            1.3.6.1.5.5.7.3.4|emailProtection|E-mail Protection
            1.3.6.1.5.5.7.3.5|ipsecEndSystem|IPSec End System
            1.3.6.1.5.5.7.3.6|ipsecTunnel|IPSec Tunnel
            1.3.6.1.5.5.7.3.7|ipsecUser|IPSec User
            1.3.6.1.5.5.7.3.8|timeStamping|Time Stamping
            1.3.6.1.5.5.7.3.9|OCSPSigning|OCSP Signing
            1.3.6.1.5.5.7.3.10|DVCS|dvcs
            1.3.6.1.5.5.7.3.17|ipsecIKE|ipsec Internet Key Exchange
            1.3.6.1.5.5.7.48.1|OCSP
            1.3.6.1.5.5.7.48.1.1|basicOCSPResponse|Basic OCSP Response
            1.3.6.1.5.5.7.48.1.2|Nonce|OCSP Nonce
            1.3.6.1.5.5.7.48.1.3|CrlID|OCSP CRL ID
            1.3.6.1.5.5.7.48.1.4|acceptableResponses|Acceptable OCSP Responses
            1.3.6.1.5.5.7.48.1.5|noCheck|OCSP No Check
            1.3.6.1.5.5.7.48.1.6|archiveCutoff|OCSP Archive Cutoff
            1.3.6.1.5.5.7.48.1.7|serviceLocator|OCSP Service Locator
            1.3.6.1.5.5.7.48.1.8|extendedStatus|Extended OCSP Status
            1.3.6.1.5.5.7.48.1.9|valid
            1.3.6.1.5.5.7.48.1.10|path
            1.3.6.1.5.5.7.48.1.11|trustRoot|Trust Root
            1.3.6.1.5.5.7.48.2|caIssuers|CA Issuers
            1.3.6.1.5.5.7.48.3|ad_timestamping|AD Time Stamping
            1.3.6.1.5.5.7.48.4|AD_DVCS|ad dvcs
            1.3.6.1.5.5.7.48.5|caRepository|CA Repository
            1.3.6.1.5.5.7.48.10|rpkiManifest|RPKI Manifest
            1.3.6.1.5.5.7.48.11|signedObject|Signed Object
            1.3.6.1.5.5.7.48.13|rpkiNotify|RPKI Notify
            1.3.36.3.3.2.8.1.1.7|brainpoolP256r1
            1.3.101.110|X25519
            1.3.101.111|X448
            1.3.101.112|ED25519
            1.3.101.113|ED448
            1.3.132.0.10|secp256k1
            1.3.132.0.33|secp224r1
            1.3.132.0.34|secp384r1
            1.3.132.0.35|secp521r1
            2.5.4.3|CN|commonName
            2.5.4.4|SN|surname
            2.5.4.5|serialNumber
            2.5.4.6|C|countryName
            2.5.4.7|L|localityName
            2.5.4.8|ST|stateOrProvinceName
            2.5.4.9|street|streetAddress
            2.5.4.10|O|organizationName
            2.5.4.11|OU|organizationalUnitName
            2.5.4.12|title
            2.5.4.13|description
            2.5.4.14|searchGuide
            2.5.4.15|businessCategory
            2.5.4.16|postalAddress
            2.5.4.17|postalCode
            2.5.4.18|postOfficeBox
            2.5.4.19|physicalDeliveryOfficeName
            2.5.4.20|telephoneNumber
            2.5.4.21|telexNumber
            2.5.4.22|teletexTerminalIdentifier
            2.5.4.23|facsimileTelephoneNumber
            2.5.4.24|x121Address
            2.5.4.25|internationaliSDNNumber
            2.5.4.26|registeredAddress
            2.5.4.27|destinationIndicator
            2.5.4.28|preferredDeliveryMethod
            2.5.4.29|presentationAddress
            2.5.4.30|supportedApplicationContext
            2.5.4.31|member
            2.5.4.32|owner
            2.5.4.33|roleOccupant
            2.5.4.34|seeAlso
            2.5.4.35|userPassword
            2.5.4.36|userCertificate
            2.5.4.37|cACertificate
            2.5.4.38|authorityRevocationList
            2.5.4.39|certificateRevocationList
            2.5.4.40|crossCertificatePair
            2.5.4.41|name
            2.5.4.42|GN|givenName
            2.5.4.43|initials
            2.5.4.44|generationQualifier
            2.5.4.45|x500UniqueIdentifier
            2.5.4.46|dnQualifier
            2.5.4.47|enhancedSearchGuide
            2.5.4.48|protocolInformation
            2.5.4.49|distinguishedName
            2.5.4.50|uniqueMember
            2.5.4.51|houseIdentifier
            2.5.4.52|supportedAlgorithms
            2.5.4.53|deltaRevocationList
            2.5.4.54|dmdName
            2.5.4.65|pseudonym
            2.5.4.72|role
            2.5.4.97|organizationIdentifier
            2.5.4.98|c3|countryCode3c
            2.5.4.99|n3|countryCode3n
            2.5.4.100|dnsName
            2.5.29.14|subjectKeyIdentifier|X509v3 Subject Key Identifier
            2.5.29.15|keyUsage|X509v3 Key Usage
            2.5.29.16|privateKeyUsagePeriod|X509v3 Private Key Usage Period
            2.5.29.17|subjectAltName|X509v3 Subject Alternative Name
            2.5.29.18|issuerAltName|X509v3 Issuer Alternative Name
            2.5.29.19|basicConstraints|X509v3 Basic Constraints
            2.5.29.20|crlNumber|X509v3 CRL Number
            2.5.29.21|CRLReason|X509v3 CRL Reason Code
            2.5.29.23|holdInstructionCode|Hold Instruction Code
            2.5.29.24|invalidityDate|Invalidity Date
            2.5.29.27|deltaCRL|X509v3 Delta CRL Indicator
            2.5.29.28|issuingDistributionPoint|X509v3 Issuing Distribution Point
            2.5.29.29|certificateIssuer|X509v3 Certificate Issuer
            2.5.29.30|nameConstraints|X509v3 Name Constraints
            2.5.29.31|crlDistributionPoints|X509v3 CRL Distribution Points
            2.5.29.32|certificatePolicies|X509v3 Certificate Policies
            2.5.29.32.0|anyPolicy|X509v3 Any Policy
            2.5.29.33|policyMappings|X509v3 Policy Mappings
            2.5.29.35|authorityKeyIdentifier|X509v3 Authority Key Identifier
            2.5.29.36|policyConstraints|X509v3 Policy Constraints
            2.5.29.37|extendedKeyUsage|X509v3 Extended Key Usage
            2.5.29.37.0|anyExtendedKeyUsage|Any Extended Key Usage
            2.5.29.46|freshestCRL|X509v3 Freshest CRL
            2.5.29.54|inhibitAnyPolicy|X509v3 Inhibit Any Policy
            2.5.29.55|targetInformation|X509v3 AC Targeting
            2.5.29.56|noRevAvail|X509v3 No Revocation Available
            2.16.840.1.113730.1.1|nsCertType|Netscape Cert Type
            2.16.840.1.113730.1.2|nsBaseUrl|Netscape Base Url
            2.16.840.1.113730.1.3|nsRevocationUrl|Netscape Revocation Url
            2.16.840.1.113730.1.4|nsCaRevocationUrl|Netscape CA Revocation Url
            2.16.840.1.113730.1.7|nsRenewalUrl|Netscape Renewal Url
            2.16.840.1.113730.1.8|nsCaPolicyUrl|Netscape CA Policy Url
            2.16.840.1.113730.1.12|nsSslServerName|Netscape SSL Server Name
            2.16.840.1.113730.1.13|nsComment|Netscape Comment
            2.16.840.1.113730.4.1|nsSGC|Netscape Server Gated Crypto
            """;

    private static final Map<String, Names> NAMES = parse();

    private ObjectNames() {}

    private static Map<String, Names> parse() {
        Map<String, Names> names = new HashMap<>();
        TABLE.lines().forEach(line -> {
            int first = line.indexOf('|');
            int second = line.indexOf('|', first + 1);
            String shortName = line.substring(first + 1, second < 0 ? line.length() : second);
            names.put(
                    line.substring(0, first),
                    new Names(shortName, second < 0 ? shortName : line.substring(second + 1)));
        });
        return Map.copyOf(names);
    }

    /// Such as `CN`; the dotted identifier where there is no name.
    static String shortName(ASN1ObjectIdentifier oid) {
        Names names = NAMES.get(oid.getId());
        return names == null ? oid.getId() : names.shortName();
    }

    /// Such as `X509v3 Key Usage`; the dotted identifier where there is no name.
    static String longName(ASN1ObjectIdentifier oid) {
        Names names = NAMES.get(oid.getId());
        return names == null ? oid.getId() : names.longName();
    }
}
