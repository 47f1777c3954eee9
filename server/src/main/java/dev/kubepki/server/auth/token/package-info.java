/// Bearer tokens: service accounts' and bootstrap tokens, and the documents by which others verify the first.
@NullMarked
package dev.kubepki.server.auth.token;

import org.jspecify.annotations.NullMarked;
