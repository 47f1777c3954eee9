package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubepki.pki.files.ModelDisk.Loss;
import dev.kubepki.pki.files.SteppedOperations.Killed;
import dev.kubepki.pki.files.SteppedOperations.Strike;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Renews a set of key pairs on a [ModelDisk], stopping it at each step in turn and losing power in every way, then
/// stopping the recovery at each step too, and tells what was wrong with what it found.
final class CrashWalk {
    private static final Instant NOW = Instant.parse("2026-11-22T17:42:14Z");
    private static final Path ROOT = Path.of("/etc/kubernetes");
    private static final List<String> PAIRS = List.of("pki/ca", "pki/etcd/ca", "mount/server");
    private static final FileRoots ROOTS = FileRoots.of(ROOT);

    private final UnaryOperator<FileOperations> program;
    private final Random random;
    private final List<String> faults = new ArrayList<>();
    private int runs;

    /// @param program puts a bug between the code and the disk, or nothing
    CrashWalk(UnaryOperator<FileOperations> program, long seed) {
        this.program = program;
        this.random = new Random(seed);
    }

    /// Everything wrong that was seen; stops at the first dozen.
    List<String> faults() throws IOException {
        boolean more = true;
        for (int at = 1; more && faults.size() < 12; at++) {
            for (Loss loss : Loss.values()) {
                more = killAt(at, loss);
            }
        }
        return faults;
    }

    int runs() {
        return runs;
    }

    private boolean killAt(int at, Loss loss) throws IOException {
        String when = "killed at step " + at + ", " + loss;
        boolean again = true;
        for (int second = 1; again && faults.size() < 12; second++) {
            ModelDisk disk = oldSet();
            boolean killed = renewKilled(disk, at);
            disk.crash(loss, random);
            judgeView(disk, when);
            again = recoverKilled(disk, second);
            disk.crash(loss, random);
            judge(disk, when + ", recovery killed at step " + second);
            runs++;
            if (!killed) {
                judgeNew(disk, loss);
                return false;
            }
        }
        return true;
    }

    private boolean renewKilled(ModelDisk disk, int at) {
        try {
            renew(program.apply(new SteppedOperations(disk, at, Strike.KILL)));
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private boolean recoverKilled(ModelDisk disk, int at) {
        try {
            FileTransaction.recover(program.apply(new SteppedOperations(disk, at, Strike.KILL)), ROOTS, 1);
            return false;
        } catch (Killed e) {
            return true;
        } catch (FileFailure e) {
            faults.add("recovery fails: " + e.getMessage());
            return false;
        }
    }

    /// A set of old pairs, safe on the disk.
    static ModelDisk oldSet() throws IOException {
        ModelDisk disk = new ModelDisk();
        for (String folder : List.of("", "pki", "pki/etcd", "mount", ".kubepki")) {
            Folders.ensureRoot(disk, ROOT.resolve(folder));
        }
        for (String pair : PAIRS) {
            put(disk, pair + ".key", "KEY old " + pair, FileMode.OWNER_ONLY);
            put(disk, pair + ".crt", "CRT old " + pair, FileMode.WORLD_READABLE);
        }
        put(disk, "retired.crt", "CRT retired", FileMode.WORLD_READABLE);
        put(disk, "certificate-ledger.jsonl", "{\"serial\":\"old\"}\n{\"seri", FileMode.WORLD_READABLE);
        return disk;
    }

    private static void put(ModelDisk disk, String name, String content, FileMode mode) throws IOException {
        new DurableFiles(disk).write(ROOT.resolve(name), content.getBytes(UTF_8), mode);
    }

    /// Replaces every pair, adds one in a new folder, retires a certificate, keeps backups, records in the ledger.
    static void renew(FileOperations disk) {
        try (FileTransaction change = FileTransaction.begin(disk, ROOTS, 1)) {
            change.backUp(NOW);
            for (String pair : pairsOfNew()) {
                write(change, pair + ".key", "KEY new " + pair, FileMode.OWNER_ONLY);
                write(change, pair + ".crt", "CRT new " + pair, FileMode.WORLD_READABLE);
                change.record(new LedgerEntry(NOW, pair, pair, "ca", NOW, NOW, List.of(), "ff", "renew", pair));
            }
            change.delete(ROOT.resolve("retired.crt"));
            change.commit();
        }
    }

    private static void write(FileTransaction change, String name, String content, FileMode mode) {
        change.write(ROOT.resolve(name), content.getBytes(UTF_8), mode);
    }

    private static List<String> pairsOfNew() {
        List<String> pairs = new ArrayList<>(PAIRS);
        pairs.add("nodes/fresh/kubelet");
        return pairs;
    }

    static Map<String, String> oldFiles() {
        Map<String, String> files = new TreeMap<>();
        PAIRS.forEach(pair -> addPair(files, "", "old", pair));
        files.put("retired.crt", "0644 CRT retired");
        return files;
    }

    static Map<String, String> newFiles() {
        Map<String, String> files = new TreeMap<>();
        pairsOfNew().forEach(pair -> addPair(files, "", "new", pair));
        return files;
    }

    private static Map<String, String> backups() {
        Map<String, String> files = new TreeMap<>();
        String folder = ".kubepki/backups/2026-11-22T17-42-14.000Z/";
        PAIRS.forEach(pair -> addPair(files, folder, "old", pair));
        files.put(folder + "retired.crt", "0644 CRT retired");
        return files;
    }

    private static void addPair(Map<String, String> files, String folder, String age, String pair) {
        files.put(folder + pair + ".key", "0600 KEY " + age + " " + pair);
        files.put(folder + pair + ".crt", "0644 CRT " + age + " " + pair);
    }

    /// What a reader sees before any recovery.
    private void judgeView(ModelDisk disk, String when) throws IOException {
        try {
            FileView view = FileView.of(disk, ROOTS);
            Map<String, String> seen = new TreeMap<>();
            look(view, ROOT, seen);
            if (!seen.equals(oldFiles()) && !seen.equals(newFiles())) {
                faults.add(when + ", a reader sees a mixture: " + seen.keySet());
            }
            if (seen.equals(newFiles())) {
                judgeLedger(disk, when);
            }
        } catch (FileFailure e) {
            faults.add(when + ", a reader fails: " + e.getMessage());
        }
    }

    private static void look(FileView view, Path folder, Map<String, String> seen) {
        for (String name : view.list(folder)) {
            Path path = folder.resolve(name);
            Optional<FileEntry> entry = view.inspect(path);
            if (entry.isEmpty() || entry.get().isDirectory()) {
                look(view, path, seen);
            } else {
                seen.put(ROOT.relativize(path).toString(), entry.get().mode() + " " + text(view.read(path)));
            }
        }
    }

    private void judge(ModelDisk disk, String when) throws IOException {
        try {
            FileTransaction.recover(disk, ROOTS, 1);
            if (FileTransaction.recover(disk, ROOTS, 1) != FileTransaction.Recovery.NOTHING) {
                faults.add(when + ", a second recovery finds work");
            }
        } catch (FileFailure e) {
            faults.add(when + ", recovery fails: " + e.getMessage());
        }
        Map<String, String> files = filesOf(disk);
        Map<String, String> renewed = new TreeMap<>(newFiles());
        renewed.putAll(backups());
        if (files.equals(renewed)) {
            judgeLedger(disk, when);
        } else if (!files.equals(oldFiles())) {
            faults.add(when + ", a mixture: " + files.keySet());
        }
        disk.leaks().forEach(leak -> faults.add(when + ", open to others: " + leak));
    }

    private void judgeLedger(ModelDisk disk, String when) {
        List<Ledger.Line> lines = Ledger.of(disk, ROOTS).lines();
        for (String pair : pairsOfNew()) {
            if (lines.stream()
                    .noneMatch(l -> l instanceof Ledger.Line.Whole(String json)
                            && json.contains("\"serial\":\"" + pair + "\""))) {
                faults.add(when + ", a certificate is not in the ledger: " + pair);
            }
        }
        if (!lines.getFirst().equals(new Ledger.Line.Whole("{\"serial\":\"old\"}"))) {
            faults.add(when + ", the ledger lost its past");
        }
    }

    private void judgeNew(ModelDisk disk, Loss loss) throws IOException {
        if (!filesOf(disk).keySet().containsAll(newFiles().keySet())) {
            faults.add("a finished change is lost: " + loss);
        }
    }

    /// All files but the ledger, with modes; the work's own leftovers included.
    static Map<String, String> filesOf(ModelDisk disk) throws IOException {
        Map<String, String> files = new TreeMap<>();
        collect(disk, ROOT, files);
        files.remove("certificate-ledger.jsonl");
        return files;
    }

    private static void collect(ModelDisk disk, Path folder, Map<String, String> files) throws IOException {
        for (String name : disk.list(folder)) {
            Path path = folder.resolve(name);
            FileEntry entry = disk.inspect(path).orElseThrow();
            if (entry.isDirectory()) {
                collect(disk, path, files);
            } else {
                files.put(ROOT.relativize(path).toString(), entry.mode() + " " + text(Contents.read(disk, path)));
            }
        }
    }

    private static String text(byte[] content) {
        return new String(content, UTF_8);
    }
}
