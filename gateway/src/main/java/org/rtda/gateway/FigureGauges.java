package org.rtda.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.problem.ProblemException;

/**
 * Balanced accuracy, with its interval, of the experiments that are evaluated at present, as gauges: a dashboard plots how
 * robustness grows with the epochs. Clean, attacked and shifted images of an experiment's own evaluations; whatever was
 * asked for by name is left out, since its figures would stand beside those of another epoch.
 *
 * <p>The number of time series is bounded: so many experiments, and none of which no figure came for an hour.
 */
final class FigureGauges implements AutoCloseable {
    static final int MOST_EXPERIMENTS = 20;
    static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(FigureGauges.class);

    private final Supplier<List<Measured>> figures;
    private final InstantSource clock;
    private final MultiGauge value;
    private final MultiGauge low;
    private final MultiGauge high;

    /** The experiment of which a figure came last is the last one. */
    private final LinkedHashMap<String, Known> experiments = new LinkedHashMap<>();

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "figure-gauges");
        thread.setDaemon(true);
        return thread;
    });

    /** Of one experiment: its figures by the label of their condition. */
    private record Known(long lastCame, Map<String, Shown> byCondition) {}

    private record Shown(Tags tags, Figure figure) {}

    /** @param figures what has come since it was last asked; empty when there is nothing new */
    FigureGauges(Supplier<List<Measured>> figures, MeterRegistry meters, InstantSource clock) {
        this.figures = figures;
        this.clock = clock;
        this.value = gauge("rtda.balanced.accuracy", "of the newest evaluation of a running experiment", meters);
        this.low = gauge("rtda.balanced.accuracy.low", "lower end of its 95% interval", meters);
        this.high = gauge("rtda.balanced.accuracy.high", "upper end of its 95% interval", meters);
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry meters) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    void begin(Duration interval) {
        looks.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** While the database does not answer, what was known stays. */
    void look() {
        try {
            readNew();
            show();
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.warn("new figures could not be shown to the dashboards", e);
        }
    }

    private void readNew() {
        try {
            List<Measured> came = figures.get();
            while (!came.isEmpty()) {
                came.forEach(this::take);
                came = figures.get();
            }
        } catch (ProblemException databaseAway) {
            LOG.debugf("new figures are not known: %s", databaseAway.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("new figures could not be read for the dashboards", e);
        }
    }

    private void show() {
        long oldest = clock.millis() - LONGEST_SILENCE.toMillis();
        experiments.values().removeIf(known -> known.lastCame < oldest);
        register(value, Figure::value);
        register(low, Figure::low);
        register(high, Figure::high);
    }

    private void take(Measured measured) {
        if (!isShown(measured)) {
            return;
        }
        measured.values().stream()
                .filter(figure -> figure.metric().equals(FigureNames.BALANCED_ACCURACY))
                .findFirst()
                .ifPresent(figure -> put(measured, figure));
    }

    private static boolean isShown(Measured measured) {
        Condition condition = measured.condition();
        boolean kind =
                switch (condition.kind()) {
                    case CLEAN, SHIFT -> true;
                    case ATTACK -> condition.goal() == null;
                    default -> false;
                };
        return kind && measured.subject() != null && measured.subject().evaluation() == null;
    }

    private void put(Measured measured, Figure figure) {
        Known before = experiments.remove(measured.experimentId());
        Map<String, Shown> byCondition = before == null ? new LinkedHashMap<>() : before.byCondition;
        String condition = measured.condition().label();
        byCondition.put(
                condition,
                new Shown(
                        Tags.of(
                                "experiment", measured.experimentId(),
                                "dataset", measured.subject().dataset(),
                                "method", measured.subject().method(),
                                "seed", Long.toString(measured.subject().seed()),
                                "kind", measured.condition().kind().name().toLowerCase(Locale.ROOT),
                                "condition", condition),
                        figure));
        experiments.put(measured.experimentId(), new Known(measured.time().toEpochMilli(), byCondition));
        if (experiments.size() > MOST_EXPERIMENTS) {
            experiments.remove(experiments.keySet().iterator().next());
        }
    }

    private void register(MultiGauge gauge, Function<Figure, Double> part) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Known known : experiments.values()) {
            for (Shown shown : known.byCondition.values()) {
                Double number = part.apply(shown.figure);
                if (number != null) {
                    rows.add(MultiGauge.Row.of(shown.tags, number));
                }
            }
        }
        gauge.register(rows, true);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
