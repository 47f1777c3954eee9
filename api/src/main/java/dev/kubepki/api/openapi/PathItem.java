package dev.kubepki.api.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A path and what can be done with it.
///
/// @param parameters that all operations have
record PathItem(String path, List<Parameter> parameters, List<Operation> operations) {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /// Moves what all operations have in common to the path.
    ///
    /// @param own parameters of the path itself
    static PathItem of(String path, List<Parameter> own, List<Operation> operations) {
        List<Parameter> common = new ArrayList<>(operations.getFirst().parameters());
        operations.forEach(operation -> common.retainAll(operation.parameters()));
        List<Parameter> parameters = new ArrayList<>(own);
        parameters.addAll(common);
        parameters.sort(Comparator.comparing(Parameter::name));
        List<Operation> rest = operations.stream()
                .map(operation -> without(operation, common))
                .sorted(Comparator.comparingInt(operation -> METHODS.indexOf(operation.method())))
                .toList();
        return new PathItem(path, List.copyOf(parameters), rest);
    }

    private static Operation without(Operation operation, List<Parameter> common) {
        List<Parameter> rest = new ArrayList<>(operation.parameters());
        rest.removeAll(common);
        return new Operation(
                operation.method(),
                operation.id(),
                operation.description(),
                operation.tag(),
                operation.action(),
                operation.kind(),
                List.copyOf(rest),
                operation.body(),
                operation.responses());
    }
}
