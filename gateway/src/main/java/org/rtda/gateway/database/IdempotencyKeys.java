package org.rtda.gateway.database;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.gateway.problem.ProblemException;

/**
 * The content of the first command with a key, at whichever gateway it arrived. A key is claimed before the command is published,
 * in a transaction of its own, so it is known while the read model does not show the command yet: it may lag for as long as a
 * lease lasts. Keys are kept for {@link #KEPT_DAYS} days; after that the experiment itself tells what it was submitted with.
 */
public final class IdempotencyKeys {
    /** So long a key is kept, counted by the database's clock. */
    public static final int KEPT_DAYS = 7;

    private static final String FORGET =
            "delete from idempotency_keys where claimed_at < current_timestamp - interval '" + KEPT_DAYS + "' day";

    private final Database database;

    public IdempotencyKeys(Database database) {
        this.database = database;
    }

    /** What has keys. */
    public enum Kind {
        /** By the header Idempotency-Key. */
        EXPERIMENT,
        /** By the evaluation's id. */
        EVALUATION
    }

    /**
     * A key with what is asked for under it.
     *
     * @param asked a digest, the same for the same request
     * @param experiment that the command is about
     */
    public record Claim(Kind kind, String name, String asked, String experiment) {
        public static Claim of(Kind kind, String name, byte[] request, String experiment) {
            return new Claim(kind, name, Sha256.hex(request), experiment);
        }
    }

    /**
     * Claims a key for a request unless another request has it.
     *
     * @return who has it: the given claim, or an earlier one that asks for something else or for the same
     * @throws ProblemException 503 when the database does not answer; nothing may be published then
     */
    public Claim claim(Claim wanted) {
        Optional<Claim> before = find(wanted.kind, wanted.name);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return database.inTransaction(handle -> {
                handle.execute(FORGET);
                insert(handle, wanted);
                return wanted;
            });
        } catch (UnstorableRecordException e) {
            // another request was faster by a moment
            return find(wanted.kind, wanted.name).orElseThrow(() -> e);
        }
    }

    private static void insert(Handle handle, Claim wanted) {
        handle.createUpdate("insert into idempotency_keys (kind, name, asked, experiment, claimed_at)"
                        + " values (:kind, :name, :asked, :experiment, current_timestamp)")
                .bind("kind", wanted.kind.name())
                .bind("name", wanted.name)
                .bind("asked", wanted.asked)
                .bind("experiment", wanted.experiment)
                .execute();
    }

    /**
     * Who has the key; empty for one that nobody has used, or that is forgotten.
     *
     * @throws ProblemException 503 when the database does not answer
     */
    public Optional<Claim> find(Kind kind, String name) {
        return database.read(handle -> handle.createQuery(
                        "select asked, experiment from idempotency_keys where kind = :kind and name = :name")
                .bind("kind", kind.name())
                .bind("name", name)
                .map((row, context) -> new Claim(kind, name, row.getString(1), row.getString(2)))
                .findOne());
    }
}
