package dev.kubepki.server.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Opens connections on which a commit reports an error when it is told to: before it does anything, or although it
/// did everything.
final class FaultyCommits implements SqliteLog.Opener {
    /// When the error comes.
    enum When {
        NEVER,
        BEFORE,
        AFTER
    }

    private volatile When when = When.NEVER;
    private volatile SQLiteErrorCode code = SQLiteErrorCode.SQLITE_IOERR_FSYNC;

    void fail(When moment, SQLiteErrorCode with) {
        code = with;
        when = moment;
    }

    @Override
    public Connection open(Path file) throws SQLException {
        Connection real = SqliteFiles.writer(file);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        return method.getName().equals("createStatement") ? faulty((Statement) result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Statement faulty(Statement real) {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    boolean fails =
                            when != When.NEVER && method.getName().equals("execute") && arguments[0].equals("COMMIT");
                    if (fails && when == When.BEFORE) {
                        throw new SQLiteException("planted", code);
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (fails) {
                            throw new SQLiteException("planted", code);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
