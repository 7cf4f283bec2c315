package org.rtda.gateway.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;

/**
 * Folds what the topics say into the database, a batch and the positions behind it in one transaction, so that each record counts once.
 * For one thread.
 *
 * <p>Of several gateways the one that holds the lease projects. A gateway that was held up for so long that it lost the lease writes
 * nothing more: the lease's row is locked until the end of each transaction, and the positions must be the expected ones.
 */
public final class Projection {
    private static final Logger LOG = Logger.getLogger(Projection.class);

    /** So long a gateway may be silent before another one takes over. */
    static final int LEASE_SECONDS = 15;

    /** Views that are kept between batches, since those of running experiments are needed in most of them. */
    private static final int KEPT_VIEWS = 32;

    /** Each takes some milliseconds, up to a tenth of a second where it has hundreds of evaluations. */
    private static final int RENEWED_AT_ONCE = 10;

    private static final String TAKE = "update read_model set holder = :holder,"
            + " held_until = current_timestamp + interval '" + LEASE_SECONDS + "' second where id = 1";
    private static final String IF_FREE = " and (holder is null or holder = :holder or held_until < current_timestamp)";

    private final Database database;
    private final int mostSteps;
    private final String holder;
    private final LinkedHashMap<String, StoredExperiment> kept = new LinkedHashMap<>(KEPT_VIEWS, 0.75f, true);

    /**
     * @param mostSteps training metrics of one answer
     * @param holder name of this process, like no other gateway's
     */
    public Projection(Database database, int mostSteps, String holder) {
        this.database = database;
        this.mostSteps = mostSteps;
        this.holder = holder;
    }

    /** @param changes how many events changed something */
    public record Outcome(int changes, List<Reading.Refused> refused) {}

    /**
     * Takes the lease, or holds it longer.
     *
     * @return false while another gateway has it
     * @throws ProblemException 503 when the database does not answer
     */
    public boolean takeLease() {
        return database.inTransaction(this::takeLease);
    }

    /**
     * Holds the lease longer while there is nothing to project.
     *
     * @param positions where this gateway would go on
     * @throws ProjectionLostException when another gateway has taken the lease, or the stored positions are others: the read model is
     *     built anew
     */
    public void holdLease(Collection<PositionStep> positions) {
        try {
            database.inTransaction(handle -> {
                if (!takeLease(handle)) {
                    throw new ProjectionLostException("another gateway has taken over");
                }
                positions.forEach(position -> TopicPositions.require(handle, position));
                return null;
            });
        } catch (ProjectionLostException e) {
            kept.clear();
            throw e;
        }
    }

    private boolean takeLease(Handle transaction) {
        String before = transaction
                .createQuery("select holder from read_model where id = 1")
                .mapTo(String.class)
                .findOne()
                .orElse(null);
        // an embedded database belongs to this process alone, whoever held it before
        int taken = transaction
                .createUpdate(database.isEmbedded() ? TAKE : TAKE + IF_FREE)
                .bind("holder", holder)
                .execute();
        if (!holder.equals(before)) {
            kept.clear();
        }
        return taken == 1;
    }

    /** Lets another gateway take over at once. */
    public void giveLeaseBack() {
        database.inTransaction(handle -> handle.createUpdate(
                        "update read_model set held_until = current_timestamp, holder = null where holder = :holder")
                .bind("holder", holder)
                .execute());
    }

    /**
     * Writes a batch, all of it or nothing.
     *
     * @param beforeCommit is given the refused records of which there is no dead letter; what it throws takes the batch back
     * @throws ProblemException 503 when the database does not answer; the same batch may be projected again
     * @throws ProjectionLostException when another gateway has read on
     * @throws UnstorableRecordException when the database does not take a record of it; nothing is written
     */
    public Outcome project(
            List<Reading> batch, Collection<PositionStep> steps, Consumer<List<Reading.Refused>> beforeCommit) {
        try {
            Outcome outcome = database.inTransaction(handle -> {
                if (!takeLease(handle)) {
                    throw new ProjectionLostException("another gateway projects");
                }
                steps.forEach(step -> TopicPositions.advance(handle, step));
                return fold(handle, batch, beforeCommit);
            });
            forgetEldest();
            return outcome;
        } catch (RuntimeException e) {
            // what was folded into the kept views is not in the database
            kept.clear();
            throw e;
        }
    }

    /**
     * Writes documents that a migration has emptied again, of a few experiments, in a transaction of its own: a batch that has come in the
     * meantime does not wait for the others.
     *
     * @return false once there are none left
     * @throws ProblemException 503 when the database does not answer
     * @throws ProjectionLostException when another gateway projects
     */
    public boolean renewDocuments() {
        try {
            return database.inTransaction(handle -> {
                if (!takeLease(handle)) {
                    throw new ProjectionLostException("another gateway projects");
                }
                List<String> stale = StaleDocuments.newest(handle, RENEWED_AT_ONCE);
                stale.forEach(id -> renewDocuments(handle, id));
                return !stale.isEmpty();
            });
        } catch (RuntimeException e) {
            kept.clear();
            throw e;
        }
    }

    private void renewDocuments(Handle handle, String id) {
        StaleDocuments.remove(handle, id);
        try {
            // not kept: there may be many, and few of them run
            StoredExperiment stored =
                    kept.containsKey(id) ? kept.get(id) : StoredExperiment.load(handle, id, mostSteps);
            stored.use(handle);
            stored.renewDocuments();
        } catch (JdbiException | ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("experiment %s: its documents cannot be written again: %s", id, e.getMessage());
        }
    }

    private Outcome fold(Handle handle, List<Reading> batch, Consumer<List<Reading.Refused>> beforeCommit) {
        long first = handle.createQuery("select last_change from read_model where id = 1")
                .mapTo(Long.class)
                .one();
        long change = first;
        Set<StoredExperiment> touched = new HashSet<>();
        List<Reading.Refused> refused = new ArrayList<>();
        for (Reading reading : batch) {
            if (reading instanceof Reading.Refused one) {
                refused.add(one);
            } else if (reading instanceof Reading.Letter letter && takeIn(handle, letter, change + 1, touched)) {
                change++;
            } else if (reading instanceof Reading.Happened happened) {
                try {
                    change += takeIn(handle, happened.event(), change + 1, touched) ? 1 : 0;
                } catch (JdbiException | ProblemException | UnstorableRecordException e) {
                    throw e;
                } catch (RuntimeException e) {
                    // whatever an event holds, the projection goes on with the next one; the reason goes out with the
                    // letter
                    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
                    refused.add(new Reading.Refused(happened.origin(), reason));
                }
            }
        }
        touched.forEach(Projection::save);
        if (change > first) {
            handle.createUpdate("update read_model set last_change = :change where id = 1")
                    .bind("change", change)
                    .execute();
        }
        List<Reading.Refused> unknown = refused.stream()
                .filter(one -> !DeadLetters.knows(handle, one.origin()))
                .toList();
        if (!unknown.isEmpty()) {
            beforeCommit.accept(unknown);
        }
        return new Outcome((int) (change - first), List.copyOf(refused));
    }

    /** What cannot be written now never can: the batch is taken apart, and the record that is to blame left out. */
    private static void save(StoredExperiment experiment) {
        try {
            experiment.save();
        } catch (JdbiException | ProblemException | UnstorableRecordException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnstorableRecordException(
                    "what is told of an experiment cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean takeIn(Handle handle, Event event, long change, Set<StoredExperiment> touched) {
        String id = Check.name("experimentId", event.experimentId());
        if (event instanceof RobustnessMetric metric) {
            Check.present("evaluationId", metric.evaluationId());
        }
        if (event instanceof ExperimentCommand.Delete) {
            return delete(handle, id, change, touched);
        }
        Optional<StoredExperiment> stored = experiment(handle, id);
        if (stored.isEmpty()) {
            return false;
        }
        StoredExperiment experiment = stored.get();
        boolean changed = experiment.apply(event, change);
        if (changed) {
            touched.add(experiment);
        }
        return changed;
    }

    private boolean delete(Handle handle, String id, long change, Set<StoredExperiment> touched) {
        if (DeletedExperiments.contains(handle, id)) {
            return false;
        }
        // what this batch has made of it is not written
        touched.remove(kept.remove(id));
        DeletedExperiments.add(handle, id, change);
        return true;
    }

    private boolean takeIn(Handle handle, Reading.Letter read, long change, Set<StoredExperiment> touched) {
        if (DeadLetters.knows(handle, read.identity())) {
            return false;
        }
        DeadLetters.write(handle, read.identity(), read.letter(), change);
        String id = read.letter().experiment();
        if (id != null && isName(id)) {
            // a kept view learns of it; one that is loaded now finds it among the rows
            StoredExperiment known = kept.get(id);
            experiment(handle, id).ifPresent(experiment -> {
                if (known != null) {
                    experiment.view().apply(read.letter());
                }
                touched.add(experiment);
            });
        }
        return true;
    }

    /** Empty of one that was deleted. */
    private Optional<StoredExperiment> experiment(Handle handle, String id) {
        StoredExperiment experiment = kept.get(id);
        if (experiment == null) {
            if (DeletedExperiments.contains(handle, id)) {
                return Optional.empty();
            }
            experiment = StoredExperiment.load(handle, id, mostSteps);
            kept.put(id, experiment);
        }
        experiment.use(handle);
        return Optional.of(experiment);
    }

    private void forgetEldest() {
        Iterator<StoredExperiment> eldestFirst = kept.values().iterator();
        while (kept.size() > KEPT_VIEWS) {
            eldestFirst.next();
            eldestFirst.remove();
        }
    }

    private static boolean isName(String experiment) {
        try {
            Check.name("experimentId", experiment);
            return true;
        } catch (IllegalArgumentException e) {
            // a header of a foreign record; the letter is still counted
            return false;
        }
    }
}
