package dev.kubepki.server.auth;

/// Allows everything to the members of one group, before roles are asked.
public record PrivilegedGroup(String group) implements Authorizer {
    /// The group that no role can take anything from.
    public static final PrivilegedGroup MASTERS = new PrivilegedGroup("system:masters");

    @Override
    public Decision decide(Attributes attributes) {
        return attributes.user().groups().contains(group) ? Decision.ALLOW : Decision.NO_OPINION;
    }
}
