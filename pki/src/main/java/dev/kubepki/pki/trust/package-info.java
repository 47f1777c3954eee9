/// Trust given to others: bundles of CA certificates, the trust stores of operating systems and of Java, and the
/// Kubernetes objects that carry a bundle into pods.
@NullMarked
package dev.kubepki.pki.trust;

import org.jspecify.annotations.NullMarked;
