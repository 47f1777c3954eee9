/// Who of several controllers acts: one at a time, by a lease that the cluster keeps.
@NullMarked
package dev.kubepki.server.controller.lead;

import org.jspecify.annotations.NullMarked;
