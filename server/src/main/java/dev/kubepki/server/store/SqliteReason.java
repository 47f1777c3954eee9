package dev.kubepki.server.store;

import dev.kubepki.server.store.StoreFailure.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/// What SQLite's result codes mean to those who use a store.
final class SqliteReason {
    private record Meaning(Reason reason, String words) {}

    private static final Map<SQLiteErrorCode, Meaning> MEANINGS = meanings();

    private SqliteReason() {}

    private static Map<SQLiteErrorCode, Meaning> meanings() {
        Map<SQLiteErrorCode, Meaning> meanings = new EnumMap<>(SQLiteErrorCode.class);
        Meaning full = new Meaning(Reason.FULL, "the disk is full");
        meanings.put(SQLiteErrorCode.SQLITE_FULL, full);
        // The file that readers and the writer share could not grow.
        meanings.put(SQLiteErrorCode.SQLITE_IOERR_SHMSIZE, full);
        Meaning refused = new Meaning(Reason.FULL, "the disk takes no more data");
        meanings.put(SQLiteErrorCode.SQLITE_IOERR_WRITE, refused);
        meanings.put(SQLiteErrorCode.SQLITE_IOERR_TRUNCATE, refused);
        Meaning damaged = new Meaning(Reason.CORRUPT, "the file is damaged: 'kubepki store check' says more");
        meanings.put(SQLiteErrorCode.SQLITE_CORRUPT, damaged);
        meanings.put(SQLiteErrorCode.SQLITE_CORRUPT_INDEX, damaged);
        meanings.put(SQLiteErrorCode.SQLITE_NOTADB, new Meaning(Reason.CORRUPT, "this is no SQLite file"));
        meanings.put(SQLiteErrorCode.SQLITE_BUSY, new Meaning(Reason.UNAVAILABLE, "another process holds the file"));
        return meanings;
    }

    static StoreFailure failure(Path file, SQLiteErrorCode code, SQLException cause) {
        Meaning meaning = MEANINGS.get(code);
        Reason reason = meaning == null ? Reason.UNAVAILABLE : meaning.reason();
        String words =
                meaning == null ? String.valueOf(cause.getMessage()) : meaning.words() + " (" + code.name() + ")";
        return new StoreFailure(reason, file + ": " + words, null, cause);
    }
}
