/// The listener, the pipeline of a request, watch streams, health, metrics and audit.
@NullMarked
package dev.kubepki.server.http;

import org.jspecify.annotations.NullMarked;
