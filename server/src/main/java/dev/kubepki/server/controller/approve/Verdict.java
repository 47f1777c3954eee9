package dev.kubepki.server.controller.approve;

import java.util.List;

/// What an approver says of a request. None of them denies: what a machine does not approve a person may.
sealed interface Verdict {
    /// It is none of its business, or decided already.
    record NotMine() implements Verdict {}

    /// It is not approved, and why.
    record LeftAlone(String why) implements Verdict {}

    /// It may be approved when the requester has one of these permissions, asked for in this order.
    record Grants(List<Grant> grants) implements Verdict {}

    /// It may be approved.
    record Approved(String message) implements Verdict {}

    /// A permission that approves a request.
    ///
    /// @param subresource of certificatesigningrequests, on which the requester needs `create`
    record Grant(String subresource, String message) {}
}
