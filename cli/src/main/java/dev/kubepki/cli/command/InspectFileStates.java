package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.pki.inspect.Facts;
import dev.kubepki.pki.inspect.Facts.Fact;
import dev.kubepki.pki.inspect.InspectFailure;
import dev.kubepki.pki.inspect.Inspection;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What became of the files that a manifest names, on this machine.
final class InspectFileStates {
    private static final long MAX_FILE = 1 << 20;

    private final Invocation in;

    InspectFileStates(Invocation in) {
        this.in = in;
    }

    List<Facts> complete(List<Facts> all) {
        List<Facts> completed = new ArrayList<>();
        for (Facts each : all) {
            completed.add(complete(each));
        }
        return completed;
    }

    private Facts complete(Facts facts) {
        List<Fact> completed = new ArrayList<>();
        String state = "";
        for (Fact fact : facts.facts()) {
            if (fact.value() instanceof Facts.Inner(List<Facts> things)) {
                completed.add(new Fact(fact.key(), fact.label(), new Facts.Inner(complete(things))));
            } else {
                completed.add(fact);
            }
            boolean file = facts.kind().equals("FileReference") && fact.key().equals("path");
            if (file && fact.value() instanceof Facts.Text(String path)) {
                state = state(path);
                completed.add(new Fact("state", "", new Facts.Text(state)));
            }
        }
        String title = state.isEmpty() ? facts.title() : facts.title() + " (" + state + ")";
        return new Facts(facts.kind(), title, completed, facts.notes());
    }

    /// Only plain files of a sane size are opened: the manifest may come from anybody.
    private String state(String path) {
        try {
            Path file = in.resolve(path);
            if (!Files.exists(file)) {
                return "missing here";
            }
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE) {
                return "not a file of a PKI";
            }
            return described(Inspection.of(path, Files.readAllBytes(file)));
        } catch (IOException | InspectFailure e) {
            return "can't be read";
        } catch (InvalidPathException e) {
            return "not a path";
        }
    }

    private String described(Inspection inspection) {
        List<Certificate> certificates = inspection.certificates();
        Instant now = in.clock().instant();
        if (certificates.isEmpty()) {
            List<Facts> facts = inspection.facts(now);
            return facts.isEmpty() ? "empty" : facts.getFirst().title();
        }
        try {
            Certificate certificate = certificates.getFirst();
            Duration left = certificate.validity().remaining(now);
            String end = left.isNegative() ? "expired" : left.toDays() + " days left";
            return certificate.subject() + ", " + end;
        } catch (X509Failure | KeyFailure e) {
            return "damaged";
        }
    }
}
