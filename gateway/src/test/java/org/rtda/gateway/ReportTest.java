package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Condition;
import org.rtda.contracts.DatasetManifest;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;

class ReportTest {
    private static final String EVIL = "<script>alert('x')</script>&\"";
    private final Events events = new Events("exp-1");
    private final ExperimentView view = new ExperimentView("exp-1", 100);

    private static final DatasetManifest MANIFEST = new DatasetManifest(
            1,
            "phantoms",
            1,
            28,
            28,
            List.of("benign", EVIL),
            Map.of("train", new DatasetManifest.Split(120, List.of(70, 50), List.of())),
            Map.of("train", "ab".repeat(32)),
            EVIL,
            "CC0",
            Events.TIME,
            null,
            null);

    private String page() throws IOException {
        return page(Report.of(Report.Source.of(view), Optional.of(MANIFEST)));
    }

    private static String page(ReportModel model) throws IOException {
        try (InputStream template = ReportTest.class.getResourceAsStream("/templates/report.html")) {
            return Engine.builder()
                    .addDefaults()
                    .addValueResolver(new ReflectionValueResolver())
                    .addValueResolver(ValueResolvers.rawResolver())
                    .addResultMapper(new HtmlEscaper(List.of("text/html")))
                    .build()
                    .parse(
                            new String(template.readAllBytes(), StandardCharsets.UTF_8),
                            Variant.forContentType("text/html"))
                    .data("report", model)
                    .render();
        }
    }

    private void aFinishedExperiment() {
        view.apply(events.submit());
        view.apply(events.status(1, State.TRAINED, 100));
        for (long step = 1; step <= 30; step++) {
            view.apply(events.training(1, step));
        }
        view.apply(events.planned(10, true, Events.CLEAN, Events.pgd(0.25), Events.pgd(0.5)));
        view.apply(events.measured(10, true, Events.CLEAN, 0.9));
        view.apply(events.measured(10, true, Events.pgd(0.5), 0.4));
        view.apply(events.measured(10, true, Events.pgd(0.25), 0.7));
        for (int severity = 1; severity <= 5; severity++) {
            view.apply(events.measured(
                    10, true, Condition.corruption("gaussian-noise", severity, "test"), 0.9 - severity / 10.0));
        }
        view.apply(events.measured(10, true, Condition.shift("shift-other-scanner"), 0.8));
    }

    @Test
    void showsWhatWasMeasuredWithIntervalsAndN() throws IOException {
        aFinishedExperiment();
        view.apply(events.failed(10, true, Condition.corruption("jpeg", 1, "test"), "model is corrupt"));
        view.apply(events.completed(10, true, 9, 1));

        assertThat(page())
                .contains("Not for clinical use")
                .contains("CE(f(adv), y) + 12 JSD(clean, augmix, adv)")
                .contains("White box")
                .contains("0.900 [0.800, 1.000]", "0.600", "80")
                .contains("pgd-l2-10@0.5")
                .contains("gaussian-noise (held out)")
                // mean of .8 .7 .6 .5 .4, against .9 clean
                .contains("<td>0.600</td><td>-0.300</td>")
                .contains("shift-other-scanner")
                .contains("jpeg@1", "model is corrupt")
                .contains("Passed: accuracy does not rise with the radius.")
                .contains("attack.steps")
                .contains("120 images, by class [70, 50]")
                .contains("<svg")
                .doesNotContain("<script", "http://", "https://", "The final evaluation is not complete");
    }

    @Test
    void everyTextIsEscaped() throws IOException {
        aFinishedExperiment();
        view.apply(events.failed(10, true, Condition.corruption("jpeg", 1, "test"), EVIL));
        view.apply(new RobustnessMetric.Measured(
                "id",
                Events.TIME,
                1,
                "exp-1",
                "exp-1/epoch-10",
                10,
                true,
                Condition.corruption("pixelate", 1, "test"),
                List.of(new RobustnessMetric.Figure(EVIL, null, null, null, 0, EVIL)),
                null,
                null));
        TrainingMetric metric = events.training(1, 31);
        view.apply(new TrainingMetric(
                metric.id(),
                metric.time(),
                1,
                "exp-1",
                1,
                31,
                100,
                4,
                0.1,
                0.5,
                Map.of(EVIL, 0.5),
                Map.of(EVIL, 0.5),
                1,
                1));

        String page = page();

        assertThat(page).doesNotContain("<script").doesNotContain("alert('x')");
        // failure, metric, note, provenance, class, two charts' series
        assertThat(page.split("&lt;script&gt;", -1).length - 1).isEqualTo(7);
    }

    @Test
    void aCurveThatRisesBeyondItsIntervalsFailsTheCheck() {
        view.apply(events.submit());
        view.apply(events.measured(10, true, Events.pgd(0.25), 0.3));
        view.apply(events.measured(10, true, Events.pgd(0.5), 0.6));

        assertThat(new ReportFigures(view.finalEvaluation().orElseThrow().measured()).checks())
                .first()
                .asString()
                .startsWith("FAILED: accuracy rises from 0.300 at radius 0.25 to 0.600 at 0.5");
    }

    @Test
    void anExperimentThatHasNotBegunHasAReportToo() throws IOException {
        view.apply(events.submit());

        assertThat(page(Report.of(Report.Source.of(view), Optional.empty())))
                .contains("Training is not done: 0 of 0 steps.")
                .contains("no trainer has begun")
                .contains("not available: the store does not give the manifest");
    }
}
