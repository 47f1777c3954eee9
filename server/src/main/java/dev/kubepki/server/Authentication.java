package dev.kubepki.server;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.AuthenticatorChain;
import dev.kubepki.server.auth.ClientCertificates;
import dev.kubepki.server.auth.ObjectLookup;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.BootstrapTokens;
import dev.kubepki.server.auth.token.ServiceAccountTokens;
import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.auth.token.TokenKeys;
import dev.kubepki.server.auth.token.TokenSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// How callers are known: the files in which keys and CAs lie, and the authenticators over them.
final class Authentication {
    private static final Logger LOG = System.getLogger(Authentication.class.getName());

    private final FileBacked<List<Certificate>> clientAuthorities;
    private final FileBacked<TokenKeys> tokenKeys;
    private final TokenSettings settings;
    private final CryptoProvider provider;
    private final Clock clock;

    Authentication(SetFiles files, TokenSettings settings, CryptoProvider provider, Clock clock) throws ServerFailure {
        this.settings = settings;
        this.provider = provider;
        this.clock = clock;
        this.clientAuthorities = new FileBacked<>(
                "client CAs",
                List.of(files.clientAuthorities()),
                () -> PemFiles.certificates(files.clientAuthorities()));
        List<Path> keyFiles = new ArrayList<>(files.serviceAccountKeys());
        keyFiles.add(files.serviceAccountSigningKey());
        this.tokenKeys = new FileBacked<>("service-account keys", keyFiles, () -> keys(files));
    }

    private static TokenKeys keys(SetFiles files) throws ServerFailure {
        SigningKey signer = PemFiles.key(files.serviceAccountSigningKey());
        List<PublicKey> verifiers = new ArrayList<>();
        for (Path file : files.serviceAccountKeys()) {
            byte[] pem = PemFiles.bytes(file);
            try {
                verifiers.addAll(KeyPem.readPublicKeys(pem));
                if (verifiers.isEmpty()) {
                    verifiers.add(KeyPem.readPrivateKey(pem).publicKey());
                }
            } catch (KeyFailure e) {
                throw new ServerFailure(file + ": " + e.getMessage(), e);
            }
        }
        try {
            return new TokenKeys(signer, verifiers);
        } catch (KeyFailure e) {
            throw new ServerFailure(files.serviceAccountSigningKey() + ": " + e.getMessage(), e);
        }
    }

    /// What is to be read again when its files change.
    List<FileBacked<?>> files() {
        return List.of(clientAuthorities, tokenKeys);
    }

    Supplier<TokenKeys> tokenKeys() {
        return tokenKeys;
    }

    List<Certificate> clientAuthorities() {
        return clientAuthorities.get();
    }

    BearerTokens bearerTokens(ObjectLookup objects, JsonCodec codec) {
        return new BearerTokens(
                List.of(
                        new ServiceAccountTokens(tokenKeys, settings, objects, codec, provider, clock),
                        new BootstrapTokens(objects, settings.audiences(), clock)),
                settings.audiences(),
                Authentication::log);
    }

    TokenIssuer tokenIssuer(JsonCodec codec, RandomGenerator random) {
        return new TokenIssuer(tokenKeys, settings, codec, provider, clock, random);
    }

    /// Certificates, then tokens, then nobody.
    Authenticator chain(BearerTokens tokens, boolean anonymous) {
        ClientCertificates certificates =
                new ClientCertificates(clientAuthorities, provider, clock, Authentication::log);
        return new AuthenticatorChain(List.of(certificates, tokens), anonymous);
    }

    private static void log(String sentence) {
        LOG.log(Level.INFO, sentence);
    }
}
