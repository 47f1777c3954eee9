/// Who did what, and how it ended: the audit log and the policy that says what goes into it.
@NullMarked
package dev.kubepki.server.audit;

import org.jspecify.annotations.NullMarked;
