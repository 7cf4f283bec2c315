package org.rtda.gateway.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Why a statement failed, in words for those who run the gateway. */
final class DatabaseFailure {
    /** PostgreSQL: disk full. */
    private static final String POSTGRESQL_FULL = "53100";

    /** What an operating system says of a disk that takes no more. */
    private static final List<String> FULL =
            List.of("no space left on device", "disk quota exceeded", "file too large");

    /** Syntax, or a name that is not there: a fault of the gateway's own statements. */
    private static final String OWN_FAULT = "42";

    /** What a value is that the database does not take: data (a zero byte, a time out of range), constraints, and limits. */
    private static final List<String> OF_DATA = List.of("22", "23", "54");

    private DatabaseFailure() {}

    /** Whether the database answers, and refuses a value: trying again does not help. */
    static boolean isOfData(Throwable failure) {
        SQLException cause = sqlCause(failure);
        return cause != null
                && cause.getSQLState() != null
                && OF_DATA.stream().anyMatch(cause.getSQLState()::startsWith);
    }

    static boolean isOurs(Throwable failure) {
        SQLException cause = sqlCause(failure);
        return cause != null
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith(OWN_FAULT);
    }

    static String inWords(DatabaseSettings database, Throwable failure) {
        SQLException cause = sqlCause(failure);
        String reason = cause == null ? String.valueOf(failure.getMessage()) : String.valueOf(cause.getMessage());
        return isFull(cause)
                ? "the database " + database + " is full: give its disk room, the gateway goes on by itself (" + reason
                        + ")"
                : "the database " + database + " does not answer: " + reason;
    }

    /** The database's reason, without the statement. */
    static String refusal(Throwable failure) {
        return String.valueOf(sqlCause(failure).getMessage());
    }

    private static boolean isFull(SQLException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
            if (FULL.stream().anyMatch(message::contains)
                    || each instanceof SQLException sql && POSTGRESQL_FULL.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
