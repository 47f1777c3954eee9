package dev.kubepki.pki.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/// What can be told of a PKCS#12 file (RFC 7292) before its password is tried.
public final class Pkcs12 {
    private Pkcs12() {}

    /// How many rounds of key derivation it takes to read the file's certificates and check its MAC: the sum of what
    /// its
    /// parts ask for. Its private keys, which are under a derivation of their own, are not counted.
    ///
    /// @throws X509Failure where the file's structure is damaged
    public static long derivationRounds(byte[] file) {
        return Asn1.decode("the PKCS#12 file", () -> sum(file))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    private static BigInteger sum(byte[] file) {
        Pfx pfx = Pfx.getInstance(first(file));
        MacData mac = pfx.getMacData();
        BigInteger rounds = mac == null ? BigInteger.ZERO : mac.getIterationCount();
        ContentInfo safe = pfx.getAuthSafe();
        if (!safe.getContentType().equals(PKCSObjectIdentifiers.data)) {
            return rounds;
        }
        byte[] parts = ASN1OctetString.getInstance(safe.getContent()).getOctets();
        for (ContentInfo part : AuthenticatedSafe.getInstance(first(parts)).getContentInfo()) {
            if (part.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
                rounds = rounds.add(
                        rounds(EncryptedData.getInstance(part.getContent()).getEncryptionAlgorithm()));
            }
        }
        return rounds;
    }

    private static BigInteger rounds(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return PKCS12PBEParams.getInstance(algorithm.getParameters()).getIterations();
        }
        KeyDerivationFunc derivation =
                PBES2Parameters.getInstance(algorithm.getParameters()).getKeyDerivationFunc();
        boolean known = derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2);
        // The Java platform knows no other function, and refuses the file without a round.
        return known ? PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount() : BigInteger.ZERO;
    }

    /// Bytes after the first value are passed over, as the Java platform does.
    private static @Nullable Object first(byte[] encoded) {
        try (ASN1InputStream in = new ASN1InputStream(encoded)) {
            return in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
