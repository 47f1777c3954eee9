package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which objects of a kind a list or a watch is about: a label selector and a field selector.
final class Selection {
    private static final String NAME = "metadata.name";
    private static final String NAMESPACE = "metadata.namespace";

    private final Resource resource;
    private final LabelSelector labels;
    private final FieldSelector fields;
    private final List<FieldSelector.Term> ownFields;

    private Selection(Resource resource, LabelSelector labels, FieldSelector fields) {
        this.resource = resource;
        this.labels = labels;
        this.fields = fields;
        this.ownFields = fields.terms().stream()
                .filter(term -> !term.field().equals(NAME) && !term.field().equals(NAMESPACE))
                .toList();
    }

    /// From a request; the name of a call for one object is one more condition.
    static Selection of(Resource resource, Call call, Options.ListWatch options) {
        LabelSelector labels = LabelSelector.parse(options.labelSelector());
        FieldSelector fields = FieldSelector.parse(options.fieldSelector());
        fields.terms().forEach(term -> checkField(resource, term.field()));
        if (!call.name().isEmpty()) {
            if (!fields.terms().isEmpty() && !fields.exact(NAME).equals(Optional.of(call.name()))) {
                throw Failures.badRequest("fieldSelector metadata.name doesn't match requested name");
            }
            if (fields.terms().isEmpty()) {
                fields = new FieldSelector(List.of(new FieldSelector.Term(NAME, true, call.name())));
            }
        }
        return new Selection(resource, labels, fields);
    }

    static Selection everything(Resource resource) {
        return new Selection(resource, LabelSelector.EVERYTHING, new FieldSelector(List.of()));
    }

    private static void checkField(Resource resource, String field) {
        Strategy strategy = resource.strategy();
        boolean namespaced = resource.kind().namespaced();
        boolean known = field.equals(NAME)
                || (field.equals(NAMESPACE) && (namespaced || !strategy.ownFieldLabels()))
                || strategy.fieldLabels().contains(field);
        if (!known) {
            throw unknown(strategy, field);
        }
    }

    private static ApiFailure unknown(Strategy strategy, String field) {
        if (strategy.ownFieldLabels()) {
            return Failures.badRequest("field label not supported: " + field);
        }
        TreeSet<String> known = new TreeSet<>(strategy.fieldLabels());
        known.addAll(List.of(NAME, NAMESPACE));
        return Failures.badRequest(Rendering.quote(field) + " is not a known field selector: only "
                + known.stream().map(Rendering::quote).collect(Collectors.joining(", ")));
    }

    /// Whether it chooses everything.
    boolean isEmpty() {
        return labels.isEmpty() && fields.terms().isEmpty();
    }

    /// The one name it is about, if it is.
    Optional<String> name() {
        return fields.exact(NAME);
    }

    /// The one namespace it is about: the call's, else the one that a field selector names.
    String namespace(Call call) {
        if (!resource.kind().namespaced() || !call.namespace().isEmpty()) {
            return call.namespace();
        }
        return fields.exact(NAMESPACE).orElse("");
    }

    boolean matches(SplicedObject object) {
        return matchesKey(object.key())
                && (labels.isEmpty() || labels.matches(object.labels()))
                && (ownFields.isEmpty() || matchesFields(object));
    }

    private boolean matchesKey(String key) {
        for (FieldSelector.Term term : fields.terms()) {
            if ((term.field().equals(NAME) && !term.matches(Resource.nameOf(key)))
                    || (term.field().equals(NAMESPACE) && !term.matches(resource.namespaceOf(key)))) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesFields(SplicedObject object) {
        Map<String, String> values = object.fields(resource);
        for (FieldSelector.Term term : ownFields) {
            if (!term.matches(values.getOrDefault(term.field(), ""))) {
                return false;
            }
        }
        return true;
    }
}
