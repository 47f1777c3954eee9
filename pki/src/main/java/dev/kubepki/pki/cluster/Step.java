package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.util.List;
import java.util.Optional;

/// One step of a plan.
public sealed interface Step {
    /// It is there and right.
    record Keep(Item item) implements Step {}

    /// It will be made.
    ///
    /// @param key the key that is there already; empty where one is to be generated
    /// @param why in a few words, for the plan that people read
    record Issue(Item item, Optional<SigningKey> key, String why) implements Step {}

    /// A CA gets a new certificate for the key and the name that it has.
    ///
    /// @param old what it has now
    record Reissue(Item item, Certificate old, SigningKey key) implements Step {}

    /// A CA above was renewed, and this file carries its certificate: that part is replaced.
    record Refresh(Item item) implements Step {}

    /// The public half of a key pair is missing and will be written.
    record PublishKey(Item item, SigningKey key) implements Step {}

    /// A shared file will be copied into a node's folder.
    record Copy(SharedCopy copy) implements Step {}

    /// What is there contradicts the description, or can't be completed.
    record Refuse(Item item, List<Finding> findings) implements Step {}
}
