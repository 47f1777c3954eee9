package dev.kubepki.server.controller;

import static dev.kubepki.server.controller.Der.bits;
import static dev.kubepki.server.controller.Der.join;
import static dev.kubepki.server.controller.Der.octets;
import static dev.kubepki.server.controller.Der.oid;
import static dev.kubepki.server.controller.Der.seq;
import static dev.kubepki.server.controller.Der.set;
import static dev.kubepki.server.controller.Der.tlv;
import static dev.kubepki.server.controller.Der.utf8;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request in the making, honest or not: every part of it can be put in as bytes.
public final class Draft {
    public static final String CN = "2.5.4.3";
    public static final String O = "2.5.4.10";
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    private static final String SAN = "2.5.29.17";
    /// Name and parameters of the signature algorithm, by the key's.
    private static final Map<String, byte[]> ALGORITHMS = new LinkedHashMap<>(Map.of(
            "SHA256withRSA", seq(oid("1.2.840.113549.1.1.11"), tlv(5)),
            "SHA256withECDSA", seq(oid("1.2.840.10045.4.3.2")),
            "SHA256withDSA", seq(oid("2.16.840.1.101.3.4.3.2")),
            "Ed25519", seq(oid("1.3.101.112"))));

    private final List<byte[]> rdns = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> extensions = new ArrayList<>();
    private final List<byte[]> attributes = new ArrayList<>();
    private KeyPair key = Keys.P256;
    private UnaryOperator<byte[]> der = bytes -> bytes;
    private UnaryOperator<String> pem = text -> text;
    private String signer = "";
    private List<String> usages = List.of();
    private String user = "jane";
    private List<String> groups = List.of("system:authenticated");
    private long seconds;

    public static byte[] attribute(String type, byte[] value) {
        return seq(oid(type), value);
    }

    /// An RDN of these attributes.
    public Draft rdn(byte[]... members) {
        rdns.add(set(members));
        return this;
    }

    public Draft with(String type, String value) {
        return rdn(attribute(type, utf8(value)));
    }

    public Draft cn(String value) {
        return with(CN, value);
    }

    public Draft o(String value) {
        return with(O, value);
    }

    public Draft nobody() {
        rdns.clear();
        return this;
    }

    public Draft san(int tag, byte[] content) {
        names.add(tlv(0x80 | tag, content));
        return this;
    }

    /// A name that is a structure: otherName, directoryName.
    public Draft sanOf(int tag, byte[] content) {
        names.add(tlv(0xa0 | tag, content));
        return this;
    }

    public Draft dns(String name) {
        return san(2, name.getBytes(StandardCharsets.UTF_8));
    }

    public Draft email(String name) {
        return san(1, name.getBytes(StandardCharsets.UTF_8));
    }

    public Draft uri(String name) {
        return san(6, name.getBytes(StandardCharsets.UTF_8));
    }

    public Draft ip(String address) {
        return san(7, java.net.InetAddress.ofLiteral(address).getAddress());
    }

    public Draft extension(String type, byte[] value) {
        extensions.add(seq(oid(type), octets(value)));
        return this;
    }

    public Draft criticalExtension(String type, byte[] value) {
        extensions.add(seq(oid(type), Der.yes(), octets(value)));
        return this;
    }

    public Draft attributeOf(String type, byte[]... values) {
        attributes.add(seq(oid(type), set(values)));
        return this;
    }

    /// One more attribute that asks for extensions.
    public Draft asksAgain(byte[]... more) {
        return attributeOf(EXTENSION_REQUEST, seq(more));
    }

    public static byte[] sanExtension(String dns) {
        return seq(oid(SAN), octets(seq(tlv(0x82, dns.getBytes(StandardCharsets.UTF_8)))));
    }

    public Draft raw(byte[] extension) {
        extensions.add(extension);
        return this;
    }

    public Draft key(KeyPair other) {
        key = other;
        return this;
    }

    public Draft der(UnaryOperator<byte[]> change) {
        der = change;
        return this;
    }

    public Draft pem(UnaryOperator<String> change) {
        pem = change;
        return this;
    }

    public Draft signer(String name, String... asked) {
        signer = name;
        usages = List.of(asked);
        return this;
    }

    public Draft usages(String... asked) {
        usages = List.of(asked);
        return this;
    }

    public Draft by(String name, String... of) {
        user = name;
        groups = List.of(of);
        return this;
    }

    public Draft seconds(long asked) {
        seconds = asked;
        return this;
    }

    public byte[] request() {
        List<byte[]> asked = new ArrayList<>(extensions);
        if (!names.isEmpty()) {
            asked.add(seq(oid(SAN), octets(seq(names.toArray(new byte[0][])))));
        }
        List<byte[]> all = new ArrayList<>(attributes);
        if (!asked.isEmpty()) {
            all.addFirst(seq(oid(EXTENSION_REQUEST), set(seq(asked.toArray(new byte[0][])))));
        }
        byte[] info = seq(
                tlv(2, new byte[] {0}),
                seq(rdns.toArray(new byte[0][])),
                key.getPublic().getEncoded(),
                tlv(0xa0, all.toArray(new byte[0][])));
        String algorithm = switch (key.getPublic().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> "Ed25519";
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key.getPrivate());
            signature.update(info);
            return der.apply(
                    seq(join(info, Objects.requireNonNull(ALGORITHMS.get(algorithm)), bits(signature.sign()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The object, not yet approved.
    public ObjectNode object(String name) {
        String text = pem.apply("-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request())
                + "\n-----END CERTIFICATE REQUEST-----\n");
        ObjectNode csr = JsonNodeFactory.instance.objectNode();
        csr.put("kind", "CertificateSigningRequest").put("apiVersion", "certificates.k8s.io/v1");
        csr.putObject("metadata").put("name", name).put("creationTimestamp", "2026-03-01T11:59:00Z");
        ObjectNode spec = csr.putObject("spec");
        spec.put("request", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        spec.put("signerName", signer).put("username", user);
        groups.forEach(spec.putArray("groups")::add);
        usages.forEach(spec.putArray("usages")::add);
        if (seconds != 0) {
            spec.put("expirationSeconds", seconds);
        }
        csr.putObject("status");
        return csr;
    }

    /// The object, approved.
    public ObjectNode approved(String name) {
        ObjectNode csr = object(name);
        Conditions.add(csr, "Approved", "ByHand", "looked at", java.time.Instant.parse("2026-03-01T11:59:30Z"));
        return csr;
    }
}
