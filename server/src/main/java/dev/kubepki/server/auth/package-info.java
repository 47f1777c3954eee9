/// Who calls and what they may do: authenticators, RBAC, the Node authorizer.
@NullMarked
package dev.kubepki.server.auth;

import org.jspecify.annotations.NullMarked;
