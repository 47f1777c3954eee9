/// The kinds of the API as one table of values: names, versions, verbs, subresources.
@NullMarked
package dev.kubepki.api.kind;

import org.jspecify.annotations.NullMarked;
