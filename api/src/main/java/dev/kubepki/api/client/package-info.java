/// What controllers see of a cluster: the seam between them and whichever server answers.
@NullMarked
package dev.kubepki.api.client;

import org.jspecify.annotations.NullMarked;
