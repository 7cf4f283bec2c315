package org.rtda.gateway.database;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentEnd;
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

    private static final String STATUS = "status";
    private static final String TRAINING = "training";
    private static final String ROBUSTNESS = "robustness";

    /** What readers are told, by the condition on the changes. */
    private static String changed(String which) {
        return selected(STATUS, "statuses", which) + " union all " + selected(TRAINING, "training_metrics", which)
                + " union all " + selected(ROBUSTNESS, "evaluation_messages", which) + " and kind <> '"
                + MessageKey.Kind.COMMAND.name() + "' order by change";
    }

    private static String selected(String kind, String table, String which) {
        return "select change, experiment, '" + kind + "' as kind, message from " + table + " where " + which;
    }

    private final Database database;
    private final int mostSteps;
    /** Who leaves does not wait: it may be an event loop, and the monitor is held while the database answers. */
    private final ConcurrentMap<String, List<Follower>> followers = new ConcurrentHashMap<>();

    /** What readers are being told who began some changes ago; gone once they have all of it. */
    private final Map<String, WeakReference<Replay.Known>> told = new ConcurrentHashMap<>();

    /** Followed experiments of which an event has come that may have been the last. */
    private final Set<String> perhapsEnded = new HashSet<>();

    private final Semaphore news = new Semaphore(0);
    private long seen;
    private Thread thread;
    private volatile boolean closing;

    private record Follower(Consumer<FeedMessage> receiver, long from) {}

    /** What one look has found. */
    private record Look(List<Change> changes, StreamPlace reached, boolean upToDate, Map<String, ExperimentEnd> ends) {}

    private record Change(long number, String experiment, String kind, String message) {
        /** Whether the experiment may have ended with it. */
        boolean mayBeTheLast() {
            if (kind.equals(TRAINING)) {
                return false;
            }
            Event event = event();
            return event instanceof RobustnessMetric.Completed
                    || event instanceof ExperimentStatus status
                            && status.state().isFinal();
        }

        Event event() {
            return switch (kind) {
                case STATUS -> Messages.read(message, ExperimentStatus.class);
                case TRAINING -> Messages.read(message, TrainingMetric.class);
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
            } catch (RuntimeException | Error e) {
                // an error, too: without this thread no stream gets anything any more
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
            Look look = database.snapshot(handle -> look(handle, from));
            seen = look.reached.change();
            if (look.upToDate) {
                perhapsEnded.clear();
            }
            for (Change change : look.changes) {
                // events of whom nobody follows are not even read
                if (followers.containsKey(change.experiment)) {
                    hand(
                            change.experiment,
                            change.number,
                            FeedMessage.of(change.event()).at(look.reached.at(change.number)));
                }
            }
            look.ends.forEach(
                    (experiment, end) -> hand(experiment, seen, new FeedMessage(null, end, look.reached.toString())));
            if (seen == from) {
                return;
            }
        }
    }

    private Look look(Handle handle, long from) {
        StreamPlace last = StreamPlace.last(handle);
        long to = Math.max(from, Math.min(last.change(), from + MOST_CHANGES));
        List<Change> changes = to == from
                ? List.of()
                : changes(handle.createQuery(changed("change > :from and change <= :to"))
                        .bind("from", from)
                        .bind("to", to));
        changes.stream()
                .filter(change -> followers.containsKey(change.experiment) && change.mayBeTheLast())
                .forEach(change -> perhapsEnded.add(change.experiment));
        Map<String, ExperimentEnd> ends = new HashMap<>();
        if (to > from) {
            DeletedExperiments.between(handle, from, to).forEach(id -> ends.put(id, ExperimentEnd.deleted(id)));
        }
        // of a later state than has been told nothing is said
        boolean upToDate = to == last.change();
        if (upToDate) {
            perhapsEnded.forEach(experiment ->
                    ExperimentEnd.of(view(handle, experiment)).ifPresent(end -> ends.put(experiment, end)));
        }
        return new Look(changes, last.at(to), upToDate, ends);
    }

    private static List<Change> changes(Query query) {
        return query.map((row, context) ->
                        new Change(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    /** Of its training nothing is read before somebody asks for it. */
    private ExperimentView view(Handle handle, String experiment) {
        return StoredExperiment.load(handle, experiment, mostSteps).view();
    }

    private void hand(String experiment, long change, FeedMessage message) {
        followers.getOrDefault(experiment, List.of()).stream()
                .filter(follower -> follower.from < change || message.isEnd())
                .forEach(follower -> follower.receiver.accept(message));
    }

    /**
     * From here on the receiver gets every event that changes this experiment, and then its end, on the feed's thread, so it must not
     * block. No event is missing or doubled between the returned ones and the followed ones. Of an experiment that has ended the end is the
     * last of the returned ones, and nothing follows.
     *
     * @param after the place of the last message that the reader has got; null for a reader that begins. Of a place that is unknown here
     *     the reader is told everything.
     * @param withKnown whether a reader that begins is told what is known: the status, the training metrics by step, the evaluations'
     *     messages
     * @return empty when nobody has submitted the experiment
     * @throws ProblemException 503 when the database does not answer
     */
    public synchronized Optional<Replay> follow(
            String id, String after, boolean withKnown, Consumer<FeedMessage> receiver) {
        try {
            return database.snapshot(handle -> {
                StreamPlace from = StreamPlace.last(handle);
                ExperimentView view = view(handle, id);
                if (view.submit().isEmpty()) {
                    return Optional.empty();
                }
                Replay replay = replay(handle, view, after, withKnown, from);
                if (replay.isEnded()) {
                    return Optional.of(replay);
                }
                if (followers.isEmpty()) {
                    // nobody waits for what came before
                    seen = from.change();
                }
                followers.compute(id, (any, all) -> with(all, new Follower(receiver, from.change())));
                return Optional.of(replay);
            });
        } catch (RuntimeException e) {
            // the transaction's end may fail after the receiver has been added
            unfollow(id, receiver);
            throw e;
        }
    }

    /** The events after a place; empty when they are more than all that is known, which is thinned. */
    private Optional<List<FeedMessage>> since(Handle handle, String id, StreamPlace place, StreamPlace to) {
        List<Change> changes =
                changes(handle.createQuery(changed("experiment = :id and change > :from and change <= :to")
                                + " fetch first " + (mostSteps + 1) + " rows only")
                        .bind("id", id)
                        .bind("from", place.change())
                        .bind("to", to.change()));
        return changes.size() > mostSteps
                ? Optional.empty()
                : Optional.of(changes.stream()
                        .map(change -> FeedMessage.of(change.event()).at(to.at(change.number)))
                        .toList());
    }

    private Replay replay(Handle handle, ExperimentView view, String after, boolean withKnown, StreamPlace now) {
        Replay.Known known = null;
        List<FeedMessage> further = new ArrayList<>();
        Optional<List<FeedMessage>> since = StreamPlace.parse(after)
                .filter(place -> place.isBefore(now))
                .flatMap(place -> since(handle, view.id(), place, now));
        if (since.isPresent()) {
            further.addAll(since.get());
        } else if (withKnown || after != null) {
            known = shared(view.id());
            since = known == null ? Optional.empty() : since(handle, view.id(), known.place(), now);
            if (since.isPresent()) {
                further.addAll(since.get());
            } else {
                known = known(view, now);
                told.put(view.id(), new WeakReference<>(known));
            }
        }
        ExperimentEnd.of(view).ifPresent(end -> further.add(new FeedMessage(null, end, now.toString())));
        return new Replay(known, further);
    }

    /** Of readers who are still being told; null where there are none. */
    private Replay.Known shared(String id) {
        told.values().removeIf(known -> known.get() == null);
        WeakReference<Replay.Known> known = told.get(id);
        return known == null ? null : known.get();
    }

    private static Replay.Known known(ExperimentView view, StreamPlace now) {
        List<FeedMessage> messages = new ArrayList<>();
        messages.add(FeedMessage.of(view.lastTold()));
        view.training().forEach(metric -> messages.add(FeedMessage.of(metric)));
        view.robustness().forEach(metric -> messages.add(FeedMessage.of(metric)));
        // whoever breaks off before the last of them has to begin anew
        messages.set(messages.size() - 1, messages.get(messages.size() - 1).at(now));
        return new Replay.Known(messages, now);
    }

    private static List<Follower> with(List<Follower> others, Follower one) {
        List<Follower> all = others == null ? new CopyOnWriteArrayList<>() : others;
        all.add(one);
        return all;
    }

    /** Returns at once. */
    public void unfollow(String id, Consumer<FeedMessage> receiver) {
        followers.computeIfPresent(id, (any, all) -> {
            all.removeIf(follower -> follower.receiver == receiver);
            return all.isEmpty() ? null : all;
        });
    }

    public int followers() {
        return followers.values().stream().mapToInt(List::size).sum();
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
