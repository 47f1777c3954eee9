package dev.kubepki.pki.cluster;

import dev.kubepki.pki.document.Problem;
import java.util.List;

/// What a description turned out to be.
public sealed interface Parsed {
    /// What is worth saying either way, from the description's top to its end.
    List<Notice> notices();

    /// A description to work from.
    record Valid(ClusterConfig config, List<Notice> notices) implements Parsed {
        /// Copies the list.
        public Valid {
            notices = List.copyOf(notices);
        }
    }

    /// A description with mistakes: all of them, from its top to its end, at least one.
    record Invalid(List<Problem> problems, List<Notice> notices) implements Parsed {
        /// Copies the lists.
        public Invalid {
            problems = List.copyOf(problems);
            notices = List.copyOf(notices);
        }
    }
}
