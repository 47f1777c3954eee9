/// The documents by which clients find the kinds: legacy and aggregated discovery.
@NullMarked
package dev.kubepki.api.discovery;

import org.jspecify.annotations.NullMarked;
