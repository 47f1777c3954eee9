package dev.kubepki.api.failure;

import dev.kubepki.api.failure.ApiFailure.Cause;
import dev.kubepki.api.failure.ApiFailure.Details;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every failure of the API, worded and numbered as clients expect it.
///
/// A resource is `certificatesigningrequests.certificates.k8s.io`, or `secrets` of the core group; a qualified kind is
/// `CertificateSigningRequest.certificates.k8s.io`.
public final class Failures {
    private static final Details NONE = Details.EMPTY;

    private Failures() {}

    /// 400.
    public static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message, null);
    }

    /// 401.
    public static ApiFailure unauthorized() {
        return new ApiFailure(401, "Unauthorized", "Unauthorized", null);
    }

    /// 403 for a resource; the name may be empty.
    public static ApiFailure forbidden(String resource, String name, String text) {
        String subject = name.isEmpty() ? resource : resource + " " + Rendering.quote(name);
        String message = resource.isEmpty() ? "forbidden: " + text : subject + " is forbidden: " + text;
        return new ApiFailure(403, "Forbidden", message, details(resource, name, List.of()));
    }

    /// 403 with causes beside it.
    public static ApiFailure forbidden(String resource, String name, String text, List<Cause> causes) {
        ApiFailure plain = forbidden(resource, name, text);
        return new ApiFailure(403, "Forbidden", plain.message(), details(resource, name, causes));
    }

    /// 403 for a path that is no resource.
    public static ApiFailure forbiddenPath(String text) {
        return new ApiFailure(403, "Forbidden", "forbidden: " + text, NONE);
    }

    /// 404 of a name.
    public static ApiFailure notFound(String resource, String name) {
        String message = resource + " " + Rendering.quote(name) + " not found";
        return new ApiFailure(404, "NotFound", message, details(resource, name, List.of()));
    }

    /// 404 of a path.
    public static ApiFailure pathNotFound() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource", NONE);
    }

    /// 405 of an operation that the resource lacks.
    public static ApiFailure methodNotSupported(String resource, String verb) {
        String message = verb + " is not supported on resources of kind " + Rendering.quote(resource);
        return new ApiFailure(405, "MethodNotAllowed", message, details(resource, "", List.of()));
    }

    /// 405 of an HTTP method that no operation has.
    public static ApiFailure methodNotAllowed() {
        String message = "the server does not allow this method on the requested resource";
        return new ApiFailure(405, "MethodNotAllowed", message, NONE);
    }

    /// 406; the media types that there are.
    public static ApiFailure notAcceptable(List<String> available) {
        String message = "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", available);
        return new ApiFailure(406, "NotAcceptable", message, NONE);
    }

    /// 409: the name is taken.
    public static ApiFailure alreadyExists(String resource, String name) {
        return alreadyExists(resource, name, "", "", 0);
    }

    /// 409: the name is taken by what is being deleted.
    public static ApiFailure alreadyExistsDeleting(String resource, String name) {
        return alreadyExists(resource, name, "object is being deleted: ", "", 0);
    }

    /// 409: no free name was found for a generateName.
    public static ApiFailure noUniqueName(String resource, String name) {
        String suffix = ", the server was not able to generate a unique name for the object";
        return alreadyExists(resource, name, "", suffix, 1);
    }

    private static ApiFailure alreadyExists(String resource, String name, String before, String after, int retry) {
        String message = before + resource + " " + Rendering.quote(name) + " already exists" + after;
        Details plain = details(resource, name, List.of());
        Details details = new Details(name, plain.group(), plain.kind(), "", List.of(), retry);
        return new ApiFailure(409, "AlreadyExists", message, details);
    }

    /// 409 of an optimistic write.
    public static ApiFailure modified(String resource, String name) {
        String text = "the object has been modified; please apply your changes to the latest version and try again";
        return conflict(resource, name, text);
    }

    /// 409 of a write, for the reason in the text.
    public static ApiFailure conflict(String resource, String name, String text) {
        String message = "Operation cannot be fulfilled on " + resource + " " + Rendering.quote(name) + ": " + text;
        return new ApiFailure(409, "Conflict", message, details(resource, name, List.of()));
    }

    /// 409 of server-side apply; the message is whole.
    public static ApiFailure applyConflict(String message, List<Cause> causes) {
        return new ApiFailure(409, "Conflict", message, new Details("", "", "", "", causes, 0));
    }

    /// 410: history no longer reaches back to what was asked for.
    public static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message, null);
    }

    /// 410 of a page, with a token by which the rest can be read.
    public static ApiFailure expired(String message, String continueToken) {
        return new ApiFailure(410, "Expired", message, null, continueToken);
    }

    /// 413 of a body.
    public static ApiFailure tooLarge(long limit) {
        return tooLarge("Request entity too large: limit is " + limit);
    }

    /// 413 of another size.
    public static ApiFailure tooLarge(String message) {
        return new ApiFailure(413, "RequestEntityTooLarge", message, null);
    }

    /// 415 of a body that would be decoded.
    public static ApiFailure unsupportedMediaType() {
        String message = "the body of the request was in an unknown format - accepted media types include: "
                + "application/json, application/yaml, application/vnd.kubernetes.protobuf";
        return new ApiFailure(415, "UnsupportedMediaType", message, null);
    }

    /// 415 of a patch.
    public static ApiFailure unsupportedPatchType() {
        return new ApiFailure(415, "UnsupportedMediaType", "415: Unsupported Media Type", NONE);
    }

    /// 422 of an object; its qualified kind may be empty.
    public static ApiFailure invalid(String qualifiedKind, String name, List<FieldError> errors) {
        List<String> texts =
                errors.stream().map(FieldError::toString).distinct().toList();
        String text = texts.size() == 1 ? texts.getFirst() : texts.stream().collect(Collectors.joining(", ", "[", "]"));
        List<Cause> causes = errors.stream()
                .map(error -> new Cause(error.type().cause(), error.text(), error.field()))
                .toList();
        // The qualified kind of a group without a kind begins with the dot.
        String message = qualifiedKind + " " + Rendering.quote(name) + " is invalid: " + text;
        return new ApiFailure(422, "Invalid", message, details(qualifiedKind, name, causes));
    }

    /// 422 of a patch that can't be applied.
    public static ApiFailure rejected() {
        String message = "the server rejected our request due to an error in our request";
        return new ApiFailure(422, "Invalid", message, NONE);
    }

    /// 429.
    public static ApiFailure tooManyRequests(String text, int retryAfterSeconds) {
        return new ApiFailure(429, "TooManyRequests", "Too many requests: " + text, retry(retryAfterSeconds));
    }

    /// 500 of something that went wrong inside.
    public static ApiFailure internal(String text) {
        Details details = new Details("", "", "", "", List.of(new Cause("", text, "")), 0);
        return new ApiFailure(500, "InternalError", "Internal error occurred: " + text, details);
    }

    /// 500 without a reason: some requests that are the client's fault are answered so.
    public static ApiFailure raw(String message) {
        return new ApiFailure(500, "", message, null);
    }

    /// 500: the operation may work later.
    public static ApiFailure serverTimeout(String resource, String operation, int retryAfterSeconds) {
        String message = "The " + operation + " operation against " + resource
                + " could not be completed at this time, please try again.";
        Details plain = details(resource, "", List.of());
        Details details = new Details("", plain.group(), plain.kind(), "", List.of(), retryAfterSeconds);
        return new ApiFailure(500, "ServerTimeout", message, details);
    }

    /// 503.
    public static ApiFailure serviceUnavailable(String message, int retryAfterSeconds) {
        return new ApiFailure(503, "ServiceUnavailable", message, retry(retryAfterSeconds));
    }

    /// 504.
    public static ApiFailure timeout(String text, int retryAfterSeconds) {
        return new ApiFailure(504, "Timeout", "Timeout: " + text, retry(retryAfterSeconds));
    }

    /// 504 of a resource version that has not come yet.
    public static ApiFailure futureResourceVersion(long asked, long current) {
        Cause cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
        String message = "Timeout: Too large resource version: " + asked + ", current: " + current;
        return new ApiFailure(504, "Timeout", message, new Details("", "", "", "", List.of(cause), 1));
    }

    private static @Nullable Details retry(int seconds) {
        return seconds == 0 ? NONE : new Details("", "", "", "", List.of(), seconds);
    }

    private static Details details(String qualified, String name, List<Cause> causes) {
        int dot = qualified.indexOf('.');
        String kind = dot < 0 ? qualified : qualified.substring(0, dot);
        return new Details(name, dot < 0 ? "" : qualified.substring(dot + 1), kind, "", causes, 0);
    }
}
