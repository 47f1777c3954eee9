package dev.kubepki.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// What the process uses.
public final class ProcessMetrics implements MetricSource {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIBIBYTE = 1024;

    @Override
    public void write(MetricText out) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        out.family("process_cpu_seconds_total", MetricText.Type.COUNTER, "Processor time of the process.");
        out.sample(
                "process_cpu_seconds_total",
                info.totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9);
        out.family("process_start_time_seconds", MetricText.Type.GAUGE, "When the process started, in Unix time.");
        out.sample("process_start_time_seconds", (double)
                info.startInstant().orElse(Instant.EPOCH).getEpochSecond());
        out.family("process_resident_memory_bytes", MetricText.Type.GAUGE, "Memory of the process that is resident.");
        out.sample("process_resident_memory_bytes", (double) resident());
        Runtime java = Runtime.getRuntime();
        out.family("jvm_heap_used_bytes", MetricText.Type.GAUGE, "Memory on the heap that is in use.");
        out.sample("jvm_heap_used_bytes", (double) (java.totalMemory() - java.freeMemory()));
        out.family("jvm_heap_limit_bytes", MetricText.Type.GAUGE, "How large the heap may become.");
        out.sample("jvm_heap_limit_bytes", (double) java.maxMemory());
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE;
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            return 0;
        }
        return 0;
    }
}
