/// The real program under kills, full disks and whatever else stands in its way.
@NullMarked
package dev.kubepki.acceptance.faults;

import org.jspecify.annotations.NullMarked;
