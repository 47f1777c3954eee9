package dev.kubepki.pki.key;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.List;
import java.util.Optional;

/// The NIST curves, and the one computation that the JDK does not offer: the public point of a private scalar.
final class Curves {
    private static final List<String> NAMES = List.of("secp256r1", "secp384r1", "secp521r1");

    private Curves() {}

    /// Looked up once; a look-up costs more than all that is done with it.
    private static final class Known {
        static final List<ECParameterSpec> SPECS =
                NAMES.stream().map(Curves::named).toList();
    }

    static Optional<String> nameOf(ECParameterSpec parameters) {
        for (int i = 0; i < NAMES.size(); i++) {
            ECParameterSpec known = Known.SPECS.get(i);
            if (known.getOrder().equals(parameters.getOrder())
                    && known.getCurve().equals(parameters.getCurve())
                    && known.getGenerator().equals(parameters.getGenerator())) {
                return Optional.of(NAMES.get(i));
            }
        }
        return Optional.empty();
    }

    static ECParameterSpec named(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no curve " + name, e);
        }
    }

    /// Double-and-add over affine points. Used once for a key file that does not carry its public point;
    /// the scalar is then already in the clear on this machine, so constant time gains nothing.
    static ECPoint publicPoint(ECParameterSpec curve, BigInteger scalar) {
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger a = curve.getCurve().getA();
        ECPoint sum = ECPoint.POINT_INFINITY;
        ECPoint addend = curve.getGenerator();
        for (int bit = 0; bit < scalar.bitLength(); bit++) {
            if (scalar.testBit(bit)) {
                sum = add(sum, addend, a, p);
            }
            addend = add(addend, addend, a, p);
        }
        return sum;
    }

    private static ECPoint add(ECPoint left, ECPoint right, BigInteger a, BigInteger p) {
        if (left.equals(ECPoint.POINT_INFINITY)) {
            return right;
        }
        if (right.equals(ECPoint.POINT_INFINITY)) {
            return left;
        }
        BigInteger slope;
        if (left.equals(right)) {
            BigInteger numerator =
                    left.getAffineX().pow(2).multiply(BigInteger.valueOf(3)).add(a);
            slope = numerator
                    .multiply(left.getAffineY().shiftLeft(1).modInverse(p))
                    .mod(p);
        } else if (left.getAffineX().equals(right.getAffineX())) {
            return ECPoint.POINT_INFINITY;
        } else {
            BigInteger rise = right.getAffineY().subtract(left.getAffineY());
            BigInteger run = right.getAffineX().subtract(left.getAffineX()).mod(p);
            slope = rise.multiply(run.modInverse(p)).mod(p);
        }
        BigInteger x = slope.pow(2)
                .subtract(left.getAffineX())
                .subtract(right.getAffineX())
                .mod(p);
        BigInteger y = slope.multiply(left.getAffineX().subtract(x))
                .subtract(left.getAffineY())
                .mod(p);
        return new ECPoint(x, y);
    }
}
