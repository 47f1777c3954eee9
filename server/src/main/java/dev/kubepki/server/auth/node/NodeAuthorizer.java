package dev.kubepki.server.auth.node;

import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.rbac.BootstrapPolicy;
import dev.kubepki.server.auth.rbac.PolicyRule;
import java.util.List;
import java.util.Map;

/// Allows a node what belongs to it, and to all nodes what the role `system:node` says. It denies nothing: a role that
/// is bound to a node may still allow more.
public final class NodeAuthorizer implements Authorizer {
    private static final String PREFIX = "system:node:";
    private static final String GROUP = "system:nodes";
    private static final List<String> WRITES = List.of("get", "create", "update", "patch", "delete");

    private final NodeObjects objects;
    private final List<PolicyRule> rules = BootstrapPolicy.rulesOfNodes();
    private final Map<String, Check> checks;

    /// What is asked for beyond the rules of the role, by resource.
    private interface Check {
        Decision decide(String node, Attributes asked);
    }

    /// Over these objects, as they are at each question.
    public NodeAuthorizer(NodeObjects objects) {
        this.objects = objects;
        this.checks = Map.ofEntries(
                Map.entry("secrets", this::read),
                Map.entry("configmaps", this::read),
                Map.entry("persistentvolumeclaims", this::claim),
                Map.entry("persistentvolumes", this::get),
                Map.entry("volumeattachments.storage.k8s.io", this::get),
                Map.entry("resourceclaims.resource.k8s.io", this::get),
                Map.entry("serviceaccounts", this::account),
                Map.entry("leases.coordination.k8s.io", NodeAuthorizer::lease),
                Map.entry("csinodes.storage.k8s.io", NodeAuthorizer::csiNode),
                Map.entry("resourceslices.resource.k8s.io", NodeAuthorizer::slice),
                Map.entry("nodes", NodeAuthorizer::node),
                Map.entry("pods", this::pod),
                Map.entry("podcertificaterequests.certificates.k8s.io", this::podCertificate));
    }

    @Override
    public Decision decide(Attributes asked) {
        String user = asked.user().name();
        if (!user.startsWith(PREFIX) || !asked.user().groups().contains(GROUP)) {
            return Decision.NO_OPINION;
        }
        String node = user.substring(PREFIX.length());
        if (node.isEmpty()) {
            return no("unknown node for user \"" + user + "\"");
        }
        String resource = asked.group().isEmpty() ? asked.resource() : asked.resource() + "." + asked.group();
        Check check = asked.isResource() ? checks.get(resource) : null;
        if (check != null) {
            return check.decide(node, asked);
        }
        return rules.stream().anyMatch(rule -> rule.allows(asked)) ? Decision.ALLOW : Decision.NO_OPINION;
    }

    private static Decision no(String reason) {
        return new Decision(Verdict.NO_OPINION, reason);
    }

    private Decision read(String node, Attributes asked) {
        if (!List.of("get", "list", "watch").contains(asked.verb())) {
            return no("can only read resources of this type");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot read subresource");
        }
        return asked.namespace().isEmpty() ? no("can only read namespaced object of this type") : owned(node, asked);
    }

    private Decision get(String node, Attributes asked) {
        if (!asked.verb().equals("get")) {
            return no("can only get individual resources of this type");
        }
        return asked.subresource().isEmpty() ? owned(node, asked) : no("cannot get subresource");
    }

    private Decision claim(String node, Attributes asked) {
        if (!asked.subresource().equals("status")) {
            return get(node, asked);
        }
        return asked.verb().equals("update") || asked.verb().equals("patch")
                ? owned(node, asked)
                : no("can only get/update/patch this type");
    }

    private Decision account(String node, Attributes asked) {
        if (asked.verb().equals("get") && asked.subresource().isEmpty()) {
            return owned(node, asked);
        }
        if (!asked.verb().equals("create") || asked.name().isEmpty()) {
            return no("can only create tokens for individual service accounts");
        }
        return asked.subresource().equals("token")
                ? owned(node, asked)
                : no("can only create token subresource of serviceaccount");
    }

    private Decision owned(String node, Attributes asked) {
        if (asked.name().isEmpty()) {
            return no("No Object name found");
        }
        return objects.belongs(new Reference(asked.resource(), asked.namespace(), asked.name()), node)
                ? Decision.ALLOW
                : no("no relationship found between node '" + node + "' and this object");
    }

    private static Decision lease(String node, Attributes asked) {
        if (!WRITES.contains(asked.verb())) {
            return no("can only get, create, update, patch, or delete a node lease");
        }
        if (!asked.namespace().equals("kube-node-lease")) {
            return no("can only access leases in the \"kube-node-lease\" system namespace");
        }
        return isOwn(node, asked)
                ? Decision.ALLOW
                : no("can only access node lease with the same name as the requesting node");
    }

    private static Decision csiNode(String node, Attributes asked) {
        if (!WRITES.contains(asked.verb())) {
            return no("can only get, create, update, patch, or delete a CSINode");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize CSINode subresources");
        }
        return isOwn(node, asked)
                ? Decision.ALLOW
                : no("can only access CSINode with the same name as the requesting node");
    }

    /// The name is not known yet on create: admission looks at it.
    private static boolean isOwn(String node, Attributes asked) {
        return asked.verb().equals("create") || asked.name().equals(node);
    }

    private static Decision slice(String node, Attributes asked) {
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize ResourceSlice subresources");
        }
        return switch (asked.verb()) {
            case "create", "get", "update", "patch", "delete" -> Decision.ALLOW;
            case "list", "watch", "deletecollection" ->
                selects(asked, "spec.nodeName", node)
                        ? Decision.ALLOW
                        : no("can only list/watch/deletecollection resourceslices with nodeName field selector");
            default ->
                no("only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update,"
                        + " patch, delete, deletecollection");
        };
    }

    private static Decision node(String node, Attributes asked) {
        String what = asked.subresource() + " " + asked.verb();
        return switch (what) {
            case " create", " update", " patch", "status update", "status patch" -> Decision.ALLOW;
            case " get", " list", " watch" ->
                asked.name().equals(node)
                        ? Decision.ALLOW
                        : no("node '" + node + "' cannot read "
                                + (asked.name().isEmpty() ? "all nodes" : "'" + asked.name() + "'")
                                + ", only its own Node object");
            default -> Decision.NO_OPINION;
        };
    }

    private Decision pod(String node, Attributes asked) {
        String what = asked.subresource() + " " + asked.verb();
        return switch (what) {
            case " create", " delete", "status update", "status patch", "eviction create" -> Decision.ALLOW;
            case " get" -> owned(node, asked);
            case " list", " watch" -> listed(node, asked, "pods");
            default -> Decision.NO_OPINION;
        };
    }

    private Decision podCertificate(String node, Attributes asked) {
        if (!asked.subresource().isEmpty()) {
            return no("nodes may not access the " + asked.subresource() + " subresource of podcertificaterequests");
        }
        return switch (asked.verb()) {
            case "create" -> Decision.ALLOW;
            case "get" -> owned(node, asked);
            case "list", "watch" -> listed(node, asked, "podcertificaterequests");
            default -> Decision.NO_OPINION;
        };
    }

    private Decision listed(String node, Attributes asked, String plural) {
        if (selects(asked, "spec.nodeName", node)) {
            return Decision.ALLOW;
        }
        return asked.name().isEmpty()
                ? no("can only list/watch " + plural + " with spec.nodeName field selector")
                : owned(node, asked);
    }

    /// Whether the field selector lets through nothing but objects with that value.
    private static boolean selects(Attributes asked, String field, String value) {
        for (String term : asked.fieldSelector().split(",", -1)) {
            if (term.equals(field + "=" + value) || term.equals(field + "==" + value)) {
                return true;
            }
        }
        return false;
    }
}
