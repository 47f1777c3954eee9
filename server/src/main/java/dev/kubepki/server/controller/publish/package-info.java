/// What hands the cluster's CA to those who have to trust it.
@NullMarked
package dev.kubepki.server.controller.publish;

import org.jspecify.annotations.NullMarked;
