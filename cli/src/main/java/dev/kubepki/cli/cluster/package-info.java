/// The commands that work on a running cluster: requests for certificates, users, nodes.
@NullMarked
package dev.kubepki.cli.cluster;

import org.jspecify.annotations.NullMarked;
