package org.rtda.gateway.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.rtda.contracts.TrainingMetric;
import org.rtda.gateway.view.TrainingSteps;

/**
 * The training metrics of one experiment in the database. What is put waits in memory until {@link #save}; questions see it. Not safe
 * for several threads.
 */
final class TrainingRows implements TrainingSteps {
    private final String experiment;
    private final int most;
    private final TreeMap<Long, Long> firstSteps = new TreeMap<>();
    private final TreeMap<Long, Put> unsaved = new TreeMap<>();
    private final Map<Long, Long> begun = new LinkedHashMap<>();
    private Handle handle;
    /** The last step that the database has; 0 where it has none. */
    private long lastSaved;

    /** The metric of {@link #lastSaved} once somebody has asked for it; null until then. */
    private TrainingMetric last;

    private long change;

    private record Put(TrainingMetric metric, long change, boolean replaces) {}

    private TrainingRows(Handle handle, String experiment, int most) {
        this.handle = handle;
        this.experiment = experiment;
        this.most = most;
    }

    /** @param most metrics of one {@link #thinned} answer */
    static TrainingRows load(Handle handle, String experiment, int most) {
        TrainingRows rows = new TrainingRows(handle, experiment, most);
        handle.createQuery("select attempt, first_step from training_attempts where experiment = :experiment")
                .bind("experiment", experiment)
                .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
                .forEach(first -> rows.firstSteps.put(first.getKey(), first.getValue()));
        rows.lastSaved = rows.lastStep();
        return rows;
    }

    private long lastStep() {
        return firstSteps.isEmpty()
                ? 0
                : query("select coalesce(max(step), 0) from training_metrics where experiment = :experiment")
                        .mapTo(Long.class)
                        .one();
    }

    /** What follows is asked of, and written to, this transaction. */
    void use(Handle transaction) {
        handle = transaction;
    }

    /** The number of the change that the next {@link #put} is. */
    void numbered(long next) {
        change = next;
    }

    private Query query(String sql) {
        return handle.createQuery(sql).bind("experiment", experiment);
    }

    @Override
    public NavigableMap<Long, Long> firstSteps() {
        return Collections.unmodifiableNavigableMap(firstSteps);
    }

    @Override
    public void begin(long attempt, long firstStep) {
        firstSteps.put(attempt, firstStep);
        begun.put(attempt, firstStep);
    }

    @Override
    public OptionalLong attemptOf(long step) {
        Put put = unsaved.get(step);
        if (put != null) {
            return OptionalLong.of(put.metric.attempt());
        }
        if (step > lastSaved) {
            return OptionalLong.empty();
        }
        return query("select attempt from training_metrics where experiment = :experiment and step = :step")
                .bind("step", step)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public void put(TrainingMetric metric) {
        unsaved.put(metric.step(), new Put(metric, change, metric.step() <= lastSaved));
    }

    @Override
    public void removeFrom(long step, long attempt) {
        unsaved.tailMap(step, true).values().removeIf(put -> put.metric.attempt() < attempt);
        if (step <= lastSaved) {
            handle.createUpdate("delete from training_metrics"
                            + " where experiment = :experiment and step >= :step and attempt < :attempt")
                    .bind("experiment", experiment)
                    .bind("step", step)
                    .bind("attempt", attempt)
                    .execute();
            lastSaved = lastStep();
            last = null;
        }
    }

    @Override
    public Optional<TrainingMetric> last() {
        if (!unsaved.isEmpty() && unsaved.lastKey() >= lastSaved) {
            return Optional.of(unsaved.lastEntry().getValue().metric);
        }
        if (last == null || last.step() != lastSaved) {
            last = query("select message from training_metrics where experiment = :experiment and step = :last")
                    .bind("last", lastSaved)
                    .map((row, context) -> metric(row.getString(1)))
                    .findOne()
                    .orElse(null);
        }
        return Optional.ofNullable(last);
    }

    @Override
    public List<TrainingMetric> latest(long steps) {
        long last = Math.max(lastSaved, unsaved.isEmpty() ? 0 : unsaved.lastKey());
        TreeMap<Long, TrainingMetric> found = saved(last - steps);
        unsaved.tailMap(last - steps, true).forEach((step, put) -> found.put(step, put.metric));
        if (found.size() < 2) {
            lastTwo().forEach(found::putIfAbsent);
        }
        return List.copyOf(found.values());
    }

    private TreeMap<Long, TrainingMetric> saved(long from) {
        TreeMap<Long, TrainingMetric> found = new TreeMap<>();
        if (from <= lastSaved) {
            query("select step, message from training_metrics where experiment = :experiment and step >= :from")
                    .bind("from", from)
                    .map((row, context) -> Map.entry(row.getLong(1), metric(row.getString(2))))
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        }
        return found;
    }

    private Map<Long, TrainingMetric> lastTwo() {
        TreeMap<Long, TrainingMetric> found = new TreeMap<>();
        query("select step, message from training_metrics where experiment = :experiment order by step desc"
                        + " fetch first 2 rows only")
                .map((row, context) -> Map.entry(row.getLong(1), metric(row.getString(2))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        unsaved.descendingMap().entrySet().stream()
                .limit(2)
                .forEach(entry -> found.put(entry.getKey(), entry.getValue().metric));
        while (found.size() > 2) {
            found.pollFirstEntry();
        }
        return found;
    }

    /** Of what is saved. */
    @Override
    public List<TrainingMetric> thinned() {
        long stride = 1;
        while (countOf(stride) > most) {
            stride *= 2;
        }
        return query("select message from training_metrics where experiment = :experiment and (mod(step, :stride) = 0"
                        + " or step = (select min(step) from training_metrics where experiment = :experiment)"
                        + " or step = :last) order by step")
                .bind("stride", stride)
                .bind("last", lastSaved)
                .map((row, context) -> metric(row.getString(1)))
                .list();
    }

    private long countOf(long stride) {
        return query("select count(*) from training_metrics where experiment = :experiment and mod(step, :stride) = 0")
                .bind("stride", stride)
                .mapTo(Long.class)
                .one();
    }

    private static TrainingMetric metric(String text) {
        return Messages.read(text, TrainingMetric.class);
    }

    /** Writes what waits. */
    void save() {
        begun.forEach(this::saveFirstStep);
        begun.clear();
        if (unsaved.isEmpty()) {
            return;
        }
        List<Put> all = new ArrayList<>(unsaved.values());
        if (all.stream().anyMatch(Put::replaces)) {
            try (PreparedBatch delete = handle.prepareBatch(
                    "delete from training_metrics where experiment = :experiment and step = :step")) {
                all.stream().filter(Put::replaces).forEach(put -> delete.bind("experiment", experiment)
                        .bind("step", put.metric.step())
                        .add());
                delete.execute();
            }
        }
        try (PreparedBatch insert =
                handle.prepareBatch("insert into training_metrics (experiment, step, attempt, change, message)"
                        + " values (:experiment, :step, :attempt, :change, :message)")) {
            for (Put put : all) {
                insert.bind("experiment", experiment)
                        .bind("step", put.metric.step())
                        .bind("attempt", put.metric.attempt())
                        .bind("change", put.change)
                        .bind("message", Messages.text(put.metric))
                        .add();
            }
            insert.execute();
        }
        lastSaved = Math.max(lastSaved, unsaved.lastKey());
        last = null;
        unsaved.clear();
    }

    private void saveFirstStep(long attempt, long firstStep) {
        int known = handle.createUpdate("update training_attempts set first_step = :step"
                        + " where experiment = :experiment and attempt = :attempt")
                .bind("step", firstStep)
                .bind("experiment", experiment)
                .bind("attempt", attempt)
                .execute();
        if (known == 0) {
            handle.createUpdate("insert into training_attempts (experiment, attempt, first_step)"
                            + " values (:experiment, :attempt, :step)")
                    .bind("step", firstStep)
                    .bind("experiment", experiment)
                    .bind("attempt", attempt)
                    .execute();
        }
    }
}
