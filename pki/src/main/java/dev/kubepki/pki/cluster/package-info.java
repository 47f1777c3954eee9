/// A cluster as its PKI sees it: the description as valid, immutable records, the parsers that make it, the catalogue
/// of
/// certificates, and the plan. Pure: no file access, no clock, no look-ups of names.
@NullMarked
package dev.kubepki.pki.cluster;

import org.jspecify.annotations.NullMarked;
