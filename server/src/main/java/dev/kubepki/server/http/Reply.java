package dev.kubepki.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// What is sent back.
sealed interface Reply {
    /// The type of JSON answers, exactly.
    String JSON = "application/json";

    /// The HTTP status.
    int status();

    /// Headers beyond those that every answer has.
    List<Header> headers();

    /// The same with these headers instead.
    Reply withHeaders(List<Header> headers);

    /// A header.
    record Header(String name, String value) {}

    /// A body that is there.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(int status, List<Header> headers, byte[] body) implements Reply {
        @Override
        public Whole withHeaders(List<Header> others) {
            return new Whole(status, others, body);
        }

        Whole with(String name, String value) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Whole(status, List.copyOf(more), body);
        }
    }

    /// A body that is written piece by piece, as a whole would take too much memory.
    record Pieces(int status, List<Header> headers, Writer writer) implements Reply {
        @Override
        public Pieces withHeaders(List<Header> others) {
            return new Pieces(status, others, writer);
        }

        /// Writes a body.
        interface Writer {
            /// Writes all of it; a client that is slow makes this slow.
            void write(OutputStream out) throws IOException;
        }
    }

    /// A body that goes on for as long as the client likes.
    ///
    /// @param beginning begins the watch; what it throws is answered, as long as nothing was sent
    record Stream(List<Header> headers, WatchStream stream, Runnable beginning) implements Reply {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Stream withHeaders(List<Header> others) {
            return new Stream(others, stream, beginning);
        }
    }

    /// A body of a type.
    static Whole of(int status, String contentType, byte[] body) {
        return new Whole(status, List.of(new Header("Content-Type", contentType)), body);
    }
}
