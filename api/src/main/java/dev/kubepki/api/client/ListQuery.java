package dev.kubepki.api.client;

/// Which objects of a kind are listed.
///
/// @param namespace empty for those of all namespaces
/// @param labelSelector empty for any labels
/// @param fieldSelector empty for any fields
/// @param limit the most of them that come at once; 0 for all
/// @param continueToken of the page before; empty for the first
public record ListQuery(String namespace, String labelSelector, String fieldSelector, int limit, String continueToken) {
    /// All objects of a kind at once.
    public static final ListQuery ALL = new ListQuery("", "", "", 0, "");

    /// All objects of a kind in a namespace at once.
    public static ListQuery in(String namespace) {
        return new ListQuery(namespace, "", "", 0, "");
    }

    /// The first page of all objects of a kind.
    public static ListQuery pages(int limit) {
        return new ListQuery("", "", "", limit, "");
    }

    /// The same from where a page ended.
    public ListQuery from(String token) {
        return new ListQuery(namespace, labelSelector, fieldSelector, limit, token);
    }
}
