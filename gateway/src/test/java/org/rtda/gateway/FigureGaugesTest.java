package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.database.MeasuredFeed;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.view.ViewEvents;

class FigureGaugesTest {
    private static final Instant CAME = Instant.parse("2026-11-29T12:00:00Z");
    private static final Condition CLEAN = Condition.clean("val");
    private static final Condition ATTACK = Condition.attack(AttackSettings.of("pgd-l2", "l2", 0.5), "val");

    private final TestReadModel model = new TestReadModel();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = CAME;
    private final FigureGauges gauges =
            new FigureGauges(new MeasuredFeed(model.database, 1000)::next, meters, () -> now);

    @AfterEach
    void close() {
        gauges.close();
    }

    private static RobustnessMetric.Measured measured(
            String experiment, int epoch, Condition condition, double value, String name) {
        String evaluation = experiment + "/epoch-0000" + epoch + (name == null ? "" : "/" + name);
        return RobustnessMetric.Measured.builder()
                .id(evaluation + "/" + condition.label())
                .time(CAME)
                .experimentId(experiment)
                .evaluationId(evaluation)
                .epoch(epoch)
                .last(false)
                .condition(condition)
                .values(List.of(
                        new Figure(FigureNames.ACCURACY, 0.1, 0.1, 0.1, 40, null),
                        new Figure(FigureNames.BALANCED_ACCURACY, value, value - 0.125, value + 0.125, 40, null)))
                .subject(new MetricSubject("busi", "rtda", "resnet8", 3, "l2", 0.5, "quick", name, condition.label()))
                .build();
    }

    private double gauge(String name, Condition condition) {
        return meters.get(name)
                .tags("experiment", "exp-1", "dataset", "busi", "method", "rtda", "seed", "3")
                .tag("kind", condition.kind().name().toLowerCase(Locale.ROOT))
                .tag("condition", condition.label())
                .gauge()
                .value();
    }

    private List<String> shown() {
        return meters.find("rtda.balanced.accuracy").gauges().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("experiment") + " " + id.getTag("condition"))
                .sorted()
                .toList();
    }

    @Test
    void eachConditionHasTheFigureOfTheNewestEpochWithItsInterval() {
        model.apply(new ViewEvents("exp-1").submit());
        model.apply(measured("exp-1", 1, CLEAN, 0.5, null));
        model.apply(measured("exp-1", 1, ATTACK, 0.25, null));
        gauges.look();
        model.apply(measured("exp-1", 2, CLEAN, 0.75, null));
        gauges.look();

        assertThat(gauge("rtda.balanced.accuracy", CLEAN)).isEqualTo(0.75);
        assertThat(gauge("rtda.balanced.accuracy.low", CLEAN)).isEqualTo(0.625);
        assertThat(gauge("rtda.balanced.accuracy.high", CLEAN)).isEqualTo(0.875);
        assertThat(gauge("rtda.balanced.accuracy", ATTACK)).isEqualTo(0.25);
    }

    @Test
    void corruptionsGoalsAndWhatWasAskedForByNameAreNotShown() {
        model.apply(new ViewEvents("exp-1").submit());
        model.apply(measured("exp-1", 1, Condition.corruption("jpeg", 3, "val"), 0.5, null));
        model.apply(measured(
                "exp-1", 1, Condition.attack(AttackSettings.of("pgd-l2", "l2", 0.5), "miss", "val"), 0.5, null));
        model.apply(measured("exp-1", 1, CLEAN, 0.5, "asked"));
        gauges.look();

        assertThat(shown()).isEmpty();
    }

    @Test
    void theTwentyOfWhichAFigureCameLastAreShownForAnHour() {
        for (int i = 10; i <= 30; i++) {
            model.apply(new ViewEvents("exp-" + i).submit());
            model.apply(measured("exp-" + i, 1, CLEAN, 0.5, null));
        }
        model.apply(measured("exp-10", 2, CLEAN, 0.5, null));
        gauges.look();
        assertThat(shown())
                .hasSize(FigureGauges.MOST_EXPERIMENTS)
                .contains("exp-10 clean", "exp-30 clean")
                .doesNotContain("exp-11 clean");

        now = CAME.plus(FigureGauges.LONGEST_SILENCE);
        gauges.look();
        assertThat(shown()).hasSize(FigureGauges.MOST_EXPERIMENTS);

        now = now.plus(Duration.ofMillis(1));
        gauges.look();
        assertThat(shown()).isEmpty();
    }

    /** A scheduled task that throws is never run again: dashboards would show for ever what was last seen. */
    @Test
    void aLookThatBreaksInAWayThatNobodyForesawIsFollowedByAnother() {
        FigureGauges broken = new FigureGauges(
                () -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                meters,
                () -> now);
        broken.look();
        broken.close();

        model.apply(new ViewEvents("exp-1").submit());
        model.apply(measured("exp-1", 1, CLEAN, 0.5, null));
        meters.config().onMeterAdded(added -> {
            throw new IllegalArgumentException("other labels were given before");
        });
        assertThatCode(gauges::look).doesNotThrowAnyException();
    }
}
