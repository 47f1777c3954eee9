package dev.kubepki.server.auth;

/// Decides whether a request may go on.
public interface Authorizer {
    /// Never from half-loaded state: what can't be known is not allowed.
    Decision decide(Attributes attributes);

    /// A verdict.
    ///
    /// @param verdict allowed, denied, or no opinion, which ends as forbidden when nobody allows
    /// @param reason for audit and for reviews; may be empty
    record Decision(Verdict verdict, String reason) {
        /// Allowed, without a reason.
        public static final Decision ALLOW = new Decision(Verdict.ALLOW, "");

        /// Nothing to say, without a reason.
        public static final Decision NO_OPINION = new Decision(Verdict.NO_OPINION, "");

        /// Whether it was allowed.
        public boolean allowed() {
            return verdict == Verdict.ALLOW;
        }
    }

    /// Three-valued, as an authorizer may have nothing to say.
    enum Verdict {
        ALLOW,
        DENY,
        NO_OPINION
    }
}
