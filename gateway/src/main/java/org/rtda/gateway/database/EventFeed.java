package org.rtda.gateway.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.MessageKey;

/**
 * Hands events that have changed an experiment to those who follow it. It reads them from the database, by the numbers of their
 * changes, so it does not matter which gateway projects. Safe for several threads.
 */
public final class EventFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventFeed.class);

    /** Changes of one look, which bounds the memory. */
    private static final int MOST_CHANGES = 1000;

    private static final String CHANGED = "select change, experiment, 'status' as kind, message from statuses"
            + " where change > :from and change <= :to"
            + " union all select change, experiment, 'training' as kind, message from training_metrics"
            + " where change > :from and change <= :to"
            + " union all select change, experiment, 'robustness' as kind, message from evaluation_messages"
            + " where change > :from and change <= :to and kind <> '" + MessageKey.Kind.COMMAND.name() + "'"
            + " order by change";

    private final Database database;
    private final int mostSteps;
    /** Who leaves does not wait: it may be an event loop, and the monitor is held while the database answers. */
    private final ConcurrentMap<String, List<Follower>> followers = new ConcurrentHashMap<>();

    private final Semaphore news = new Semaphore(0);
    private long seen;
    private Thread thread;
    private volatile boolean closing;

    private record Follower(Consumer<Event> receiver, long from) {}

    private record Change(long number, String experiment, String kind, String message) {
        Event event() {
            return switch (kind) {
                case "status" -> Messages.read(message, ExperimentStatus.class);
                case "training" -> Messages.read(message, TrainingMetric.class);
                default -> Messages.read(message, RobustnessMetric.class);
            };
        }
    }

    /** @param mostSteps training metrics of what is known at the beginning */
    public EventFeed(Database database, int mostSteps) {
        this.database = database;
        this.mostSteps = mostSteps;
    }

    /**
     * Looks for news on a thread of its own.
     *
     * @param interval between two looks; {@link #look} makes the next one come at once
     */
    public synchronized void begin(Duration interval) {
        thread = new Thread(() -> lookUntilClosed(interval), "event-feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookUntilClosed(Duration interval) {
        String reported = null;
        while (!closing) {
            try {
                news.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                deliver();
                reported = null;
            } catch (ProblemException databaseAway) {
                if (!databaseAway.getMessage().equals(reported)) {
                    LOG.warnf("streams wait: %s", databaseAway.getMessage());
                    reported = databaseAway.getMessage();
                }
            } catch (RuntimeException e) {
                LOG.error("streams are behind: events could not be read", e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** There may be news. Returns at once. */
    public void look() {
        news.release();
    }

    /** Reads what has changed since the last time, and hands it out. */
    synchronized void deliver() {
        while (!followers.isEmpty()) {
            long from = seen;
            List<Change> changes = database.read(handle -> changesAfter(handle, from));
            if (seen == from) {
                return;
            }
            for (Change change : changes) {
                List<Follower> interested = followers.getOrDefault(change.experiment, List.of());
                if (!interested.isEmpty()) {
                    Event event = change.event();
                    interested.stream()
                            .filter(follower -> follower.from < change.number)
                            .forEach(follower -> follower.receiver.accept(event));
                }
            }
        }
    }

    private List<Change> changesAfter(Handle handle, long from) {
        long to = Math.min(ReadModel.lastChange(handle), from + MOST_CHANGES);
        List<Change> changes = to <= from
                ? List.of()
                : handle.createQuery(CHANGED)
                        .bind("from", from)
                        .bind("to", to)
                        .map((row, context) ->
                                new Change(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                        .list();
        seen = Math.max(from, to);
        return changes;
    }

    /**
     * From here on the receiver gets every event that changes this experiment, on the feed's thread, so it must not block. No event is
     * missing or doubled between the returned ones and the followed ones.
     *
     * @return what is known: the status, the training metrics by step, the evaluations' messages; empty when nobody has submitted the
     *     experiment
     * @throws ProblemException 503 when the database does not answer
     */
    public synchronized Optional<List<Event>> follow(String id, Consumer<Event> receiver) {
        try {
            return database.snapshot(handle -> {
                long from = ReadModel.lastChange(handle);
                ExperimentView view =
                        StoredExperiment.load(handle, id, mostSteps).view();
                if (view.submit().isEmpty()) {
                    return Optional.empty();
                }
                List<Event> known = new ArrayList<>();
                known.add(view.lastTold());
                known.addAll(view.training());
                known.addAll(view.robustness());
                if (followers.isEmpty()) {
                    // nobody waits for what came before
                    seen = from;
                }
                followers.compute(id, (any, all) -> with(all, new Follower(receiver, from)));
                return Optional.of(List.copyOf(known));
            });
        } catch (RuntimeException e) {
            // the transaction's end may fail after the receiver has been added
            unfollow(id, receiver);
            throw e;
        }
    }

    private static List<Follower> with(List<Follower> others, Follower one) {
        List<Follower> all = others == null ? new CopyOnWriteArrayList<>() : others;
        all.add(one);
        return all;
    }

    /** Returns at once. */
    public void unfollow(String id, Consumer<Event> receiver) {
        followers.computeIfPresent(id, (any, all) -> {
            all.removeIf(follower -> follower.receiver == receiver);
            return all.isEmpty() ? null : all;
        });
    }

    public int followers() {
        return followers.values().stream().mapToInt(List::size).sum();
    }

    /** The type of a server-sent event. */
    public static String typeOf(Event event) {
        if (event instanceof TrainingMetric) {
            return "training";
        }
        return event instanceof RobustnessMetric ? "robustness" : "status";
    }

    @Override
    public void close() {
        closing = true;
        news.release();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
