package dev.kubepki.server.http;

/// Something that has figures to tell.
public interface MetricSource {
    /// Writes its families, each with all its samples.
    void write(MetricText out);
}
