/// Objects from and to JSON, YAML and Kubernetes protobuf, and the choice between them.
@NullMarked
package dev.kubepki.api.codec;

import org.jspecify.annotations.NullMarked;
