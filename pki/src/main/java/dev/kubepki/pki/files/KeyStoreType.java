package dev.kubepki.pki.files;

import java.util.Locale;

/// The two forms of keystore files that Java programs read.
public enum KeyStoreType {
    /// RFC 7292; what keytool makes since Java 9, and what other languages read too.
    PKCS12("PKCS12"),
    /// The older form, for programs that still ask for it.
    JKS("JKS");

    private final String jcaName;

    KeyStoreType(String jcaName) {
        this.jcaName = jcaName;
    }

    /// The name that `KeyStore.getInstance` and `keytool -storetype` take.
    public String jcaName() {
        return jcaName;
    }

    /// What a file of this name is expected to be: JKS for `.jks`, else PKCS#12.
    public static KeyStoreType ofFileName(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".jks") ? JKS : PKCS12;
    }
}
