package dev.kubepki.pki.cluster;

import java.util.List;
import java.util.Optional;

/// Where etcd runs.
public sealed interface EtcdTopology {
    /// The hosts that run a member with certificates from here.
    List<ClusterNode> hosts(List<ClusterNode> controlPlaneNodes);

    /// On every control-plane node.
    record Stacked() implements EtcdTopology {
        @Override
        public List<ClusterNode> hosts(List<ClusterNode> controlPlaneNodes) {
            return controlPlaneNodes;
        }
    }

    /// On hosts of its own, with certificates from here.
    record Members(List<ClusterNode> members) implements EtcdTopology {
        /// Copies the list.
        public Members {
            members = List.copyOf(members);
        }

        @Override
        public List<ClusterNode> hosts(List<ClusterNode> controlPlaneNodes) {
            return members;
        }
    }

    /// Run by somebody else, with certificates from somewhere else.
    ///
    /// @param endpoints the URLs of its members
    /// @param caFile what kube-apiserver verifies it with
    /// @param certFile the client certificate that kube-apiserver shows it
    /// @param keyFile the key of that certificate
    record External(
            List<String> endpoints, Optional<String> caFile, Optional<String> certFile, Optional<String> keyFile)
            implements EtcdTopology {
        /// Copies the list.
        public External {
            endpoints = List.copyOf(endpoints);
        }

        @Override
        public List<ClusterNode> hosts(List<ClusterNode> controlPlaneNodes) {
            return List.of();
        }
    }
}
