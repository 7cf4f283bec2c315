package org.rtda.contracts;

import java.time.Instant;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;

/**
 * A request to the gateway that could have changed something, and what became of it; topic {@link Topic#AUDIT_LOG}. It has no part of the
 * request but method and path, so it holds names of experiments, data sets and tokens, and no image, note or secret.
 *
 * @param id unique
 * @param time when the request had come
 * @param who name of the token or person; null where the request brought no credential that is accepted
 * @param role the strongest of those that {@code who} has; null with {@code who}
 * @param credential by what {@code who} was known: a token and a person may have the same name; null with {@code who}, and in entries of
 *     earlier builds
 * @param method of HTTP
 * @param path without its query
 * @param from the address that the connection came from: a proxy's, unless the gateway is told to believe what the proxy says
 * @param status of HTTP; null where the connection ended before the answer
 * @param millis from the request's head to the end of the answer
 * @param created what the request made, or had made before if it is a repetition: its path in the API, an evaluation's id or an object's key;
 *     null where it made nothing, or is not known to have made something
 */
public record AuditEntry(
        String id,
        Instant time,
        int schemaVersion,
        String who,
        String role,
        Credential credential,
        String method,
        String path,
        String from,
        Integer status,
        Outcome outcome,
        long millis,
        String created) {
    /** By what the gateway knows who sent a request. */
    public enum Credential {
        /** A service token that somebody made; {@code who} is its name. */
        TOKEN,
        /** The first owner's token, which stands in the gateway's settings. */
        OWNER_TOKEN,
        /** The OpenID provider vouches for the sender. */
        OPENID,
        /** None was asked for: sign-in is off. */
        NONE
    }

    /** What became of a request. */
    public enum Outcome {
        /** It was carried out, or handed on to the services that carry it out. */
        DONE,
        /** It was not allowed, or not possible (statuses 400 to 499). */
        REFUSED,
        /** The gateway or what it needs failed (statuses from 500). */
        FAILED,
        /** The connection ended before the answer; what was asked for may have been carried out. */
        BROKEN_OFF
    }

    public AuditEntry {
        Check.notBlank("id", id);
        Check.present("time", time);
        Check.inRange("schemaVersion", schemaVersion, 1, Event.SCHEMA_VERSION);
        Check.notBlank("method", method);
        Check.notBlank("path", path);
        Check.notBlank("from", from);
        if (status != null) {
            Check.inRange("status", status, 100, 599);
        }
        Check.present("outcome", outcome);
        Check.atLeast("millis", millis, 0);
    }
}
