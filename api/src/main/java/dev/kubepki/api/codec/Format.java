package dev.kubepki.api.codec;

/// How bytes say what an object is.
public enum Format {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /// Its media type, without parameters.
    public String mediaType() {
        return mediaType;
    }
}
