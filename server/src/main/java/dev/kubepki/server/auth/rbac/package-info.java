/// Role-based access control: roles and bindings, what they allow, and what every cluster starts with.
@NullMarked
package dev.kubepki.server.auth.rbac;

import org.jspecify.annotations.NullMarked;
