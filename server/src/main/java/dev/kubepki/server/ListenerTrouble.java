package dev.kubepki.server;

import java.io.IOException;
import java.net.BindException;

/// Why a listener does not start, as the end of a sentence.
final class ListenerTrouble {
    private ListenerTrouble() {}

    static String of(IOException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof BindException && cause.getCause() == null)) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        if (text.contains("in use")) {
            return "the port is in use";
        }
        return text.contains("assign") ? "this host has no such address" : text;
    }
}
