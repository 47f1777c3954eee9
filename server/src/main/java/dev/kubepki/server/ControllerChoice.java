package dev.kubepki.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which rows of the table run, by the rules of kube-controller-manager's `--controllers`: of the words that are about
/// a controller the first counts, and a star stands for all standard ones that no word is about.
final class ControllerChoice {
    private static final String ALL = "*";

    private ControllerChoice() {}

    /// @throws ServerFailure for a name that no controller has
    static List<ControllerRow> of(List<String> words, List<ControllerRow> table) throws ServerFailure {
        for (String word : words) {
            String name = word.startsWith("-") ? word.substring(1) : word;
            if (!name.equals(ALL)
                    && table.stream().flatMap(ControllerRow::names).noneMatch(name::equals)) {
                throw new ServerFailure("--controllers: there is no controller '" + name + "'; there are "
                        + table.stream().map(ControllerRow::name).collect(Collectors.joining(", ")));
            }
        }
        List<ControllerRow> chosen = new ArrayList<>();
        for (ControllerRow row : table) {
            if (isOn(row, words)) {
                chosen.add(row);
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean isOn(ControllerRow row, List<String> words) {
        Optional<String> first = words.stream()
                .filter(word -> row.names().anyMatch(name -> word.equals(name) || word.equals("-" + name)))
                .findFirst();
        return first.map(word -> !word.startsWith("-")).orElse(row.standard() && words.contains(ALL));
    }
}
