/// Certificates, requests and their parts: DER and PEM in, values out, and back. The only user of the ASN.1 library.
@NullMarked
package dev.kubepki.pki.x509;

import org.jspecify.annotations.NullMarked;
