package dev.kubepki.pki.exchange;

import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Made;
import dev.kubepki.pki.cluster.Output;
import dev.kubepki.pki.cluster.SharedCopy;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetWriter;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// An answer that was held against what the set asked for: it fits as a whole, and can be installed.
public final class Acceptance {
    private final DesiredSet desired;
    private final PkiDirectory directory;
    private final List<Made.Issued> issued;
    private final SequencedMap<Item, List<Certificate>> authorities;

    private Acceptance(
            DesiredSet desired,
            PkiDirectory directory,
            List<Made.Issued> issued,
            SequencedMap<Item, List<Certificate>> authorities) {
        this.desired = desired;
        this.directory = directory;
        this.issued = issued;
        this.authorities = authorities;
    }

    /// Checks an answer.
    ///
    /// @throws ExchangeFailure with everything that does not fit
    public static Acceptance of(
            DesiredSet desired, PkiDirectory directory, AnswerArchive answer, CryptoProvider provider, Instant now) {
        RequestManifest asked = pending(directory, answer);
        List<String> problems = new ArrayList<>();
        SequencedMap<Item, List<Certificate>> authorities = authorities(desired, directory, asked, answer, problems);
        Map<String, List<Certificate>> issuers = new LinkedHashMap<>(answer.authorities());
        AnswerCheck check = new AnswerCheck(issuers, provider, now);
        check.authorities(authorities, problems);
        Map<String, Item> items = desired.items().collect(Collectors.toMap(Item::id, i -> i));
        Set<String> surplus = new HashSet<>(answer.certificates().keySet());
        List<Made.Issued> issued = new ArrayList<>();
        for (RequestManifest.Wanted wanted : asked.requests()) {
            surplus.remove(wanted.id());
            Optional<Item> item = Optional.ofNullable(items.get(wanted.id()));
            Optional<SigningKey> key = item.flatMap(i -> SetRequest.key(directory, i));
            List<Certificate> chain = answer.certificates().getOrDefault(wanted.id(), List.of());
            if (item.isEmpty() || key.isEmpty()) {
                problems.add(wanted.id() + ": "
                        + (item.isEmpty() ? "is not in the description any more" : "its key is gone"));
            } else if (chain.isEmpty()) {
                problems.add(wanted.id() + ": the answer lacks its certificate");
            } else {
                check.certificate(item.get(), key.get(), chain, problems);
                List<Certificate> file = issuers.getOrDefault(wanted.issuer(), List.of());
                issued.add(new Made.Issued(item.get(), chain, file, key.get(), false));
            }
        }
        surplus.forEach(id -> problems.add(id + ": the answer holds a certificate that nobody asked for"));
        if (!problems.isEmpty()) {
            throw new ExchangeFailure(
                    "the answer does not fit " + directory.directory() + "; nothing was changed", problems);
        }
        return new Acceptance(desired, directory, issued, authorities);
    }

    private static RequestManifest pending(PkiDirectory directory, AnswerArchive answer) {
        String file = directory.resolve(SetRequest.PENDING).toString();
        if (directory.digest(SetRequest.PENDING).isEmpty()) {
            throw new ExchangeFailure(file + ": is missing: no answer is awaited here");
        }
        byte[] content = directory.bytes(SetRequest.PENDING);
        if (!Manifest.sha256(content).equals(answer.requestDigest())) {
            throw new ExchangeFailure("the answer is for the request archive " + answer.requestDigest()
                    + ", and the one that is awaited here is " + Manifest.sha256(content));
        }
        return RequestManifest.read(file, content);
    }

    /// A CA that is here already must be the one that answered.
    private static SequencedMap<Item, List<Certificate>> authorities(
            DesiredSet desired,
            PkiDirectory directory,
            RequestManifest asked,
            AnswerArchive answer,
            List<String> problems) {
        SequencedMap<Item, List<Certificate>> authorities = new LinkedHashMap<>();
        Set<String> surplus = new HashSet<>(answer.authorities().keySet());
        for (String name : asked.authorities()) {
            surplus.remove(name);
            List<Certificate> file = answer.authorities().getOrDefault(name, List.of());
            Optional<Item> item = CertificateName.parse(name).flatMap(desired::authority);
            if (file.isEmpty() || item.isEmpty()) {
                problems.add(name + ": the answer lacks the CA's certificate");
                continue;
            }
            Content here = directory.file(item.get().mainPath()).content();
            if (here instanceof Content.Missing) {
                authorities.put(item.get(), file);
            } else if (!(here instanceof Content.Certificates(List<Certificate> chain))
                    || !chain.getFirst().equals(file.getFirst())) {
                problems.add(name + ": the answer's CA is not the one in "
                        + directory.resolve(item.get().mainPath()));
            }
        }
        surplus.forEach(name -> problems.add(name + ": the answer holds a CA that nobody asked for"));
        return authorities;
    }

    /// The certificates that will be installed.
    public List<Made.Issued> issued() {
        return issued;
    }

    /// Installs everything in one change and forgets the request. Certificates that are replaced are kept, dated.
    public void install(DirectoryLock lock, Instant now) {
        try (FileTransaction change = FileTransaction.begin(lock)) {
            if (issued.stream()
                    .anyMatch(one -> !directory.file(one.item().mainPath()).isMissing())) {
                change.backUp(now);
            }
            SetWriter writer = new SetWriter(directory, change, now, "request");
            Set<String> written = new HashSet<>();
            authorities.forEach((item, file) -> {
                writer.open(item.mainPath(), AnswerArchive.pem(file));
                written.add(item.mainPath());
            });
            for (Made.Issued one : issued) {
                writer.write(one);
                written.addAll(one.item().output().paths());
                if (one.item().output() instanceof Output.Config) {
                    writer.delete(SetRequest.keyPath(one.item()));
                }
                writer.delete(SetRequest.requestPath(one.item()));
            }
            desired.copies().filter(copy -> isReady(copy, written)).forEach(writer::copy);
            writer.delete(SetRequest.PENDING);
            change.commit();
        }
    }

    /// What `init` still has to make is copied then.
    private boolean isReady(SharedCopy copy, Set<String> written) {
        return written.contains(copy.from())
                || (!directory.file(copy.from()).isMissing()
                        && directory.file(copy.to()).isMissing());
    }
}
