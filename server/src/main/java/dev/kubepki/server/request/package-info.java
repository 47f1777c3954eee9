/// Requests for certificates as objects hold them: their PEM, their PKCS#10 form, their usages, how far they have come.
@NullMarked
package dev.kubepki.server.request;

import org.jspecify.annotations.NullMarked;
