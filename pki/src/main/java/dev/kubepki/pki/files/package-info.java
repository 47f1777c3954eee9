/// Files on disk: written durably and all or nothing, locked against a second writer, backed up, and recorded in the
/// ledger of every certificate ever signed.
@NullMarked
package dev.kubepki.pki.files;

import org.jspecify.annotations.NullMarked;
