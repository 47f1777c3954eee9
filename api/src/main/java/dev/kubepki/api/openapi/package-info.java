/// OpenAPI v2 and v3, made from the kinds and their schema.
@NullMarked
package dev.kubepki.api.openapi;

import org.jspecify.annotations.NullMarked;
