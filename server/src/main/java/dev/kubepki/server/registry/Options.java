package dev.kubepki.server.registry;

import org.jspecify.annotations.Nullable;

/// What a request's query parameters, or the DeleteOptions in its body, ask for, unchecked: the registry judges them.
public sealed interface Options {
    /// Of GET.
    record Get(String resourceVersion) implements Options {}

    /// Of LIST, WATCH and DELETE of a collection.
    ///
    /// @param timeoutSeconds null when absent
    /// @param sendInitialEvents null when absent
    record ListWatch(
            String labelSelector,
            String fieldSelector,
            String resourceVersion,
            String resourceVersionMatch,
            long limit,
            String continueToken,
            @Nullable Long timeoutSeconds,
            boolean allowWatchBookmarks,
            @Nullable Boolean sendInitialEvents)
            implements Options {}

    /// Of POST, PUT and PATCH. `operation` is the options' kind in error texts: CreateOptions, UpdateOptions,
    /// PatchOptions.
    record Write(
            String operation,
            String dryRun,
            String fieldManager,
            String fieldValidation,
            @Nullable Boolean force) implements Options {}

    /// Of DELETE.
    record Delete(
            @Nullable Long gracePeriodSeconds,
            String preconditionUid,
            String preconditionResourceVersion,
            @Nullable Boolean orphanDependents,
            String propagationPolicy,
            String dryRun)
            implements Options {}
}
