package dev.kubepki.server.controller;

import static dev.kubepki.server.controller.Der.octets;
import static dev.kubepki.server.controller.Der.oid;
import static dev.kubepki.server.controller.Der.seq;
import static dev.kubepki.server.controller.Der.tlv;
import static dev.kubepki.server.controller.Der.utf8;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// What is done to an honest request so that nobody may approve or sign it, whatever it is for.
public final class Attacks {
    private Attacks() {}

    /// One row of a table.
    public record Row(String what, UnaryOperator<Draft> change) {}

    public static Row row(String what, UnaryOperator<Draft> change) {
        return new Row(what, change);
    }

    /// Those on any request.
    public static final List<Row> ON_ANY = join(subjects(), names(), extensions(), keys(), forms());

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static List<Row> join(List<Row>... tables) {
        List<Row> all = new ArrayList<>();
        Arrays.stream(tables).forEach(all::addAll);
        return List.copyOf(all);
    }

    private static List<Row> subjects() {
        return List.of(
                row("a NUL in the CN", d -> d.nobody().o("system:nodes").cn("system:node:a\0.evil")),
                row("a NUL in an O", d -> d.o("system:nodes\0x")),
                row("a line break in an O", d -> d.o("a\nb")),
                row("a second CN", d -> d.cn("kubernetes-admin")),
                row(
                        "a second CN in the same RDN",
                        d -> d.rdn(
                                Draft.attribute(Draft.CN, utf8("kubernetes-admin")),
                                Draft.attribute(Draft.CN, utf8("zz")))),
                row("a Cyrillic letter among Latin ones", d -> d.o("system:m\u0430sters")),
                row("a Greek letter among Latin ones", d -> d.o("syst\u03b5m:masters")),
                row("full-width letters", d -> d.o("\uff53\uff59\uff53\uff54\uff45\uff4d:masters")),
                row("a name that is written from right to left", d -> d.o("a\u202esretsam")),
                row("a letter of no width", d -> d.o("system:mas\u200bters")),
                row("a no-break space", d -> d.o("system:masters\u00a0")),
                row("an O that is bytes", d -> d.rdn(Draft.attribute(Draft.O, octets(new byte[] {1, 2})))),
                row("an O that is a number", d -> d.rdn(Draft.attribute(Draft.O, tlv(2, new byte[] {7})))),
                row(
                        "an O in PrintableString with other letters",
                        d -> d.rdn(
                                Draft.attribute(Draft.O, tlv(0x13, "syst\u00e9m".getBytes(StandardCharsets.UTF_8))))),
                row("an O of five kilobytes", d -> d.o("x".repeat(5000))));
    }

    private static List<Row> names() {
        return List.of(
                row("an otherName", d -> d.sanOf(0, Der.join(oid("1.3.6.1.4.1.311.20.2.3"), tlv(0xa0, utf8("admin"))))),
                row("a directoryName", d -> d.sanOf(4, seq(Der.set(Draft.attribute(Draft.CN, utf8("admin")))))),
                row("a registeredID", d -> d.san(8, new byte[] {42, 3})),
                row("an IP address of five bytes", d -> d.san(7, new byte[] {10, 0, 0, 1, 0})),
                row("an IP address with its mask", d -> d.san(7, new byte[] {10, 0, 0, 0, -1, 0, 0, 0})),
                row("a NUL in a DNS name", d -> d.dns("node1\0.example.com")),
                row("a space in a DNS name", d -> d.dns("node1 example.com")),
                row("an empty DNS name", d -> d.dns("")),
                row("a DNS name in Cyrillic", d -> d.dns("n\u043ede1")),
                row("a wildcard inside of a DNS name", d -> d.dns("a.*.example.com")),
                row("a wildcard for a whole domain", d -> d.dns("*.com")),
                row("a NUL in an e-mail address", d -> d.email("jane\0@example.com")),
                row("an e-mail address of nobody", d -> d.email("@example.com")),
                row("a URI with a line break", d -> d.uri("spiffe://a/\nb")),
                row("a URI without a scheme", d -> d.uri("//elsewhere/x")),
                row("six hundred names", d -> {
                    for (int i = 0; i < 600; i++) {
                        d.dns("n" + i + ".example.com");
                    }
                    return d;
                }));
    }

    private static List<Row> extensions() {
        return List.of(
                row("asks to be a CA", d -> d.criticalExtension("2.5.29.19", seq(Der.yes()))),
                row(
                        "asks to be a CA with a path length",
                        d -> d.criticalExtension("2.5.29.19", seq(Der.yes(), tlv(2, new byte[] {3})))),
                row(
                        "one extension twice",
                        d -> d.extension("2.5.29.15", tlv(3, new byte[] {5, (byte) 0xa0}))
                                .extension("2.5.29.15", tlv(3, new byte[] {5, (byte) 0xa0}))),
                row(
                        "two extensions of names",
                        d -> d.raw(Draft.sanExtension("a.example.com")).raw(Draft.sanExtension("b.example.com"))),
                row(
                        "names beside the names",
                        d -> d.dns("a.example.com").asksAgain(Draft.sanExtension("b.example.com"))),
                row(
                        "an empty extension request after a full one",
                        d -> d.dns("a.example.com").asksAgain()),
                row(
                        "an extension request of two values",
                        d -> d.attributeOf(
                                "1.2.840.113549.1.9.14",
                                seq(Draft.sanExtension("a.example.com")),
                                seq(Draft.sanExtension("b.example.com")))),
                row("names that are no names", d -> d.extension("2.5.29.17", octets(new byte[] {1}))),
                row(
                        "names behind the names",
                        d -> d.extension(
                                "2.5.29.17",
                                Der.join(seq(tlv(0x82, "a.example.com".getBytes(StandardCharsets.UTF_8))), seq()))));
    }

    private static List<Row> keys() {
        return List.of(
                row("an RSA key of 1024 bits", d -> d.key(Keys.RSA_1024)),
                row("an RSA key with exponent 3", d -> d.key(Keys.RSA_OF_3)),
                row("a DSA key", d -> d.key(Keys.DSA)),
                row(
                        "a signature that is not the key's",
                        d -> d.der(bytes -> {
                            byte[] other = bytes.clone();
                            other[other.length - 1] ^= 1;
                            return other;
                        })),
                row(
                        "a name changed after it was signed",
                        d -> d.der(bytes -> {
                            byte[] other = bytes.clone();
                            other[other.length / 4] ^= 1;
                            return other;
                        })));
    }

    private static List<Row> forms() {
        return List.of(
                row(
                        "a request of seventy kilobytes",
                        d -> d.attributeOf("1.2.840.113549.1.9.7", utf8("x".repeat(70_000)))),
                row("bytes behind the request", d -> d.der(bytes -> Der.join(bytes, new byte[] {0}))),
                row("a request cut off", d -> d.der(bytes -> Arrays.copyOf(bytes, bytes.length - 5))),
                row("another label", d -> d.pem(text -> text.replace("CERTIFICATE REQUEST", "CERTIFICATE"))),
                row("an old label", d -> d.pem(text -> text.replace("CERTIFICATE", "NEW CERTIFICATE"))),
                row("no PEM", d -> d.pem(text -> "hello")),
                row("nothing", d -> d.pem(text -> "")),
                row("an unknown usage", d -> d.usages("client auth", "god mode")),
                row("the usage of a CA", d -> d.usages("digital signature", "client auth", "server auth", "cert sign")),
                row("any usage", d -> d.usages("any")),
                row("the usage of code", d -> d.usages("digital signature", "code signing")));
    }
}
