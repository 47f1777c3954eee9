/// What certificates, keys and references to them there are: in a cluster's set, in any folder, in any file.
@NullMarked
package dev.kubepki.pki.inventory;

import org.jspecify.annotations.NullMarked;
