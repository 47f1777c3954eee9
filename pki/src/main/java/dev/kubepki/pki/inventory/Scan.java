package dev.kubepki.pki.inventory;

import dev.kubepki.pki.files.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files and folders of any origin.
public final class Scan {
    private Scan() {}

    /// Something to look at.
    ///
    /// @param shown how the person called it
    public record Target(Path path, String shown) {}

    /// What is in files and folders, in their order.
    ///
    /// @throws IOException where a folder can't be read
    public static Inventory of(List<Target> targets, Look look) throws IOException {
        InventoryDraft draft = new InventoryDraft();
        for (Target target : targets) {
            if (Files.isDirectory(target.path())) {
                new FolderScan(target.path(), prefix(target.shown()), path -> false, draft, look).run();
            } else {
                new ContentScan(draft, look, true, FileOperations.disk()).named(target.path(), target.shown());
            }
        }
        return draft.finish(look);
    }

    private static String prefix(String shown) {
        return shown.isEmpty() || shown.endsWith("/") ? shown : shown + "/";
    }
}
