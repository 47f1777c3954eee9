package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.FileOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A change of an operating system's store: the files of single certificates, then the updater, or its work by hand.
///
/// @param byHand what the updater would do, worked out when it is needed
/// @param check looks at the result; its remarks are printed
record SystemPlan(
        List<FileStep> files,
        Optional<Updater> updater,
        Supplier<List<FileStep>> byHand,
        Supplier<List<String>> check,
        List<String> notes,
        FileOperations operations)
        implements StorePlan {

    @Override
    public boolean isEmpty() {
        return files.isEmpty() && updater.isEmpty() && byHand.get().isEmpty();
    }

    @Override
    public List<String> steps() {
        List<String> lines = new ArrayList<>();
        files.forEach(step -> lines.add(step.described()));
        updater.ifPresentOrElse(
                program -> lines.add("run " + program.described()),
                () -> byHand.get().forEach(step -> lines.add(step.described())));
        return lines;
    }

    @Override
    public List<String> carryOut() throws InterruptedException {
        List<String> said = new ArrayList<>();
        StoreEdit edit = new StoreEdit(operations);
        edit.carryOut(files);
        files.forEach(step -> said.add(step.described()));
        try {
            Optional<String> output = updater.isPresent() ? updater.get().run() : Optional.empty();
            if (output.isPresent()) {
                output.get().lines().forEach(said::add);
            } else {
                updater.ifPresent(program -> said.add(program.described() + " can't be run here; done by hand"));
                List<FileStep> steps = byHand.get();
                edit.carryOut(steps);
                steps.forEach(step -> said.add(step.described()));
            }
        } catch (TrustFailure | FileFailure | InterruptedException e) {
            edit.takeBack();
            throw e;
        }
        said.addAll(check.get());
        return said;
    }
}
