/// Whole sets as `./kubepki` makes them, in the hands of the programs that live by them: etcd, OpenSSL, kubectl and the
/// JDK.
@NullMarked
package dev.kubepki.acceptance.cluster;

import org.jspecify.annotations.NullMarked;
