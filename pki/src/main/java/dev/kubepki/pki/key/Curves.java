package dev.kubepki.pki.key;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;

/// The NIST curves.
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

    /// @throws KeyFailure where the key is on another curve, or its scalar is none of the curve's
    static void check(ECPrivateKey key) {
        if (nameOf(key.getParams()).isEmpty()) {
            throw new KeyFailure("the key's curve is not one of P-256, P-384 and P-521");
        }
        if (key.getS().signum() <= 0 || key.getS().compareTo(key.getParams().getOrder()) >= 0) {
            throw new KeyFailure("the private scalar is outside the curve's order");
        }
    }
}
