/// Why a request for a certificate is where it is.
@NullMarked
package dev.kubepki.server.controller.explain;

import org.jspecify.annotations.NullMarked;
