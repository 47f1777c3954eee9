package dev.kubepki.pki.x509;

import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// From extension bytes to values and back.
final class Extensions {
    private Extensions() {}

    static List<Extension> list(org.bouncycastle.asn1.x509.@org.jspecify.annotations.Nullable Extensions extensions) {
        List<Extension> list = new ArrayList<>();
        if (extensions != null) {
            for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
                org.bouncycastle.asn1.x509.Extension extension = extensions.getExtension(oid);
                list.add(new Extension(
                        oid.getId(),
                        extension.isCritical(),
                        extension.getExtnValue().getOctets()));
            }
        }
        return List.copyOf(list);
    }

    static Optional<Extension> find(List<Extension> extensions, String oid) {
        for (Extension extension : extensions) {
            if (extension.oid().equals(oid)) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }

    static List<SubjectAltName> subjectAltNames(Extension extension) {
        return Asn1.decode("the subject alternative name extension", () -> {
            List<SubjectAltName> names = new ArrayList<>();
            for (GeneralName name : GeneralNames.getInstance(extension.value()).getNames()) {
                names.add(subjectAltName(name));
            }
            return List.copyOf(names);
        });
    }

    private static SubjectAltName subjectAltName(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> new SubjectAltName.Dns(ia5(name));
            case GeneralName.rfc822Name -> new SubjectAltName.Email(ia5(name));
            case GeneralName.uniformResourceIdentifier -> new SubjectAltName.Uri(ia5(name));
            case GeneralName.iPAddress -> ip(name);
            default -> new SubjectAltName.Other(name.getTagNo(), Asn1.der(name));
        };
    }

    /// An address of another length than 4 or 16 bytes is kept as it is: it must be shown, and match nothing.
    private static SubjectAltName ip(GeneralName name) {
        byte[] address = ASN1OctetString.getInstance(name.getName()).getOctets();
        return address.length == 4 || address.length == 16
                ? new SubjectAltName.Ip(IpText.format(address))
                : new SubjectAltName.Other(name.getTagNo(), Asn1.der(name));
    }

    private static String ia5(GeneralName name) {
        return ASN1IA5String.getInstance(name.getName()).getString();
    }

    static Extension subjectAltNames(List<SubjectAltName> names, boolean critical) {
        GeneralName[] encoded = names.stream().map(Extensions::encode).toArray(GeneralName[]::new);
        return new Extension(Extension.SUBJECT_ALT_NAME, critical, Asn1.der(new GeneralNames(encoded)));
    }

    private static GeneralName encode(SubjectAltName name) {
        return switch (name) {
            case SubjectAltName.Dns(String dns) -> new GeneralName(GeneralName.dNSName, ia5(dns));
            case SubjectAltName.Email(String email) -> new GeneralName(GeneralName.rfc822Name, ia5(email));
            case SubjectAltName.Uri(String uri) ->
                new GeneralName(
                        GeneralName.uniformResourceIdentifier,
                        ia5(URI.create(uri).toASCIIString()));
            case SubjectAltName.Ip(String address) ->
                new GeneralName(
                        GeneralName.iPAddress,
                        new DEROctetString(IpText.parse(address).orElseThrow()));
            case SubjectAltName.Other other -> GeneralName.getInstance(other.encoded());
        };
    }

    private static DERIA5String ia5(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                throw new X509Failure("'" + text + "' has a character that a certificate's name can't hold");
            }
        }
        return new DERIA5String(text);
    }

    static Set<KeyUsage> keyUsage(Extension extension) {
        return Asn1.decode("the key usage extension", () -> {
            DERBitString bits = (DERBitString) DERBitString.getInstance(extension.value());
            byte[] bytes = bits.getBytes();
            EnumSet<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
            for (KeyUsage usage : KeyUsage.values()) {
                int bit = usage.bit();
                if (bit / 8 < bytes.length && (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                    usages.add(usage);
                }
            }
            return usages;
        });
    }

    static Extension keyUsage(Set<KeyUsage> usages) {
        int last = usages.stream().mapToInt(KeyUsage::bit).max().orElse(0);
        byte[] bytes = new byte[last / 8 + 1];
        for (KeyUsage usage : usages) {
            bytes[usage.bit() / 8] |= (byte) (0x80 >> (usage.bit() % 8));
        }
        // X.690 §11.2.2: a named bit list has no trailing zero bits.
        return new Extension(Extension.KEY_USAGE, true, Asn1.der(new DERBitString(bytes, 7 - last % 8)));
    }

    static List<dev.kubepki.pki.x509.ExtendedKeyUsage> extendedKeyUsages(Extension extension) {
        return Asn1.decode("the extended key usage extension", () -> {
            List<dev.kubepki.pki.x509.ExtendedKeyUsage> usages = new ArrayList<>();
            for (KeyPurposeId id :
                    ExtendedKeyUsage.getInstance(extension.value()).getUsages()) {
                usages.add(new dev.kubepki.pki.x509.ExtendedKeyUsage(id.getId()));
            }
            return List.copyOf(usages);
        });
    }

    static Extension extendedKeyUsages(List<dev.kubepki.pki.x509.ExtendedKeyUsage> usages) {
        KeyPurposeId[] ids = usages.stream()
                .map(u -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(u.oid())))
                .toArray(KeyPurposeId[]::new);
        return new Extension(Extension.EXTENDED_KEY_USAGE, false, Asn1.der(new ExtendedKeyUsage(ids)));
    }

    static BasicConstraints basicConstraints(Extension extension) {
        return Asn1.decode("the basic constraints extension", () -> {
            org.bouncycastle.asn1.x509.BasicConstraints value =
                    org.bouncycastle.asn1.x509.BasicConstraints.getInstance(extension.value());
            ASN1Integer limit = value.getPathLenConstraintInteger();
            OptionalInt pathLength = limit == null ? OptionalInt.empty() : OptionalInt.of(limit.intValueExact());
            return new BasicConstraints(value.isCA(), pathLength);
        });
    }

    static Extension basicConstraints(BasicConstraints constraints) {
        org.bouncycastle.asn1.x509.BasicConstraints value =
                constraints.pathLength().isPresent()
                        ? new org.bouncycastle.asn1.x509.BasicConstraints(
                                constraints.pathLength().getAsInt())
                        : new org.bouncycastle.asn1.x509.BasicConstraints(constraints.ca());
        return new Extension(Extension.BASIC_CONSTRAINTS, true, Asn1.der(value));
    }

    static byte[] subjectKeyIdentifier(Extension extension) {
        return Asn1.decode(
                "the subject key identifier extension",
                () -> ASN1OctetString.getInstance(extension.value()).getOctets());
    }

    static Extension subjectKeyIdentifier(byte[] id) {
        return new Extension(Extension.SUBJECT_KEY_IDENTIFIER, false, Asn1.der(new DEROctetString(id)));
    }

    static AuthorityKeyIdentifier authorityKeyIdentifier(Extension extension) {
        return Asn1.decode("the authority key identifier extension", () -> {
            org.bouncycastle.asn1.x509.AuthorityKeyIdentifier value =
                    org.bouncycastle.asn1.x509.AuthorityKeyIdentifier.getInstance(
                            ASN1Sequence.getInstance(extension.value()));
            byte[] id = value.getKeyIdentifierOctets();
            BigInteger serial = value.getAuthorityCertSerialNumber();
            return new AuthorityKeyIdentifier(
                    AuthorityKeyIdentifier.hex(id == null ? new byte[0] : id),
                    value.getAuthorityCertIssuer() != null,
                    Optional.ofNullable(serial));
        });
    }

    /// The key identifier alone: with issuer and serial too, a renewed CA breaks its leaves for OpenSSL and the JDK.
    static Extension authorityKeyIdentifier(byte[] id) {
        byte[] value = Asn1.der(new org.bouncycastle.asn1.x509.AuthorityKeyIdentifier(id));
        return new Extension(Extension.AUTHORITY_KEY_IDENTIFIER, false, value);
    }

    static org.bouncycastle.asn1.x509.Extensions encode(List<Extension> extensions) {
        return new org.bouncycastle.asn1.x509.Extensions(extensions.stream()
                .map(e -> new org.bouncycastle.asn1.x509.Extension(
                        new ASN1ObjectIdentifier(e.oid()), e.critical(), e.value()))
                .toArray(org.bouncycastle.asn1.x509.Extension[]::new));
    }
}
