/// Other clusters, over HTTPS: found by a kubeconfig or by a pod's service account.
@NullMarked
package dev.kubepki.api.client.remote;

import org.jspecify.annotations.NullMarked;
