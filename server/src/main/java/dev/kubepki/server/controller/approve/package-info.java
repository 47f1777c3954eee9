/// Approvers: which requests need no person, and the loop that approves them.
@NullMarked
package dev.kubepki.server.controller.approve;

import org.jspecify.annotations.NullMarked;
