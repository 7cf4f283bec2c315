package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.result.ResultRow;
import org.rtda.gateway.rest.ResultCsv;

class ResultRowTest {
    private final ViewEvents events = new ViewEvents("exp-1");

    @Test
    void aRowPerFigureInTheOrderOfThePlanAndOnePerFailedCondition() {
        ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());
        view.apply(events.submit());
        assertThat(ResultRows.of(view)).isEmpty();
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.pgd(0.5), ViewEvents.NOISE));
        view.apply(events.failed(10, true, ViewEvents.NOISE, "attack worker gone"));
        view.apply(events.measured(10, true, ViewEvents.pgd(0.5), 0.4));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.measured(5, false, ViewEvents.NOISE, 0.1));

        List<ResultRow> rows = ResultRows.of(view);

        assertThat(rows)
                .extracting(ResultRow::condition)
                .containsExactly(
                        "clean",
                        "clean",
                        "clean",
                        "clean",
                        "pgd-l2-10@0.5",
                        "pgd-l2-10@0.5",
                        "pgd-l2-10@0.5",
                        "pgd-l2-10@0.5",
                        "gaussian-noise@3");
        assertThat(rows.get(0))
                .isEqualTo(ResultRow.builder()
                        .experiment("exp-1")
                        .dataset("phantoms")
                        .method("rtda")
                        .seed(1)
                        .condition("clean")
                        .metric("accuracy")
                        .value(0.9)
                        .low(0.8)
                        .high(1.0)
                        .n(80)
                        .evaluation("exp-1/epoch-00010")
                        .failedGates(List.of())
                        .conditionDetails(ViewEvents.CLEAN)
                        .suite("standard")
                        .build());
        assertThat(rows.get(4).conditionDetails()).isEqualTo(ViewEvents.pgd(0.5));
        assertThat(rows.get(8).conditionDetails()).isEqualTo(ViewEvents.NOISE);
        assertThat(rows.get(3).value()).isNull();
        assertThat(rows.get(3).note()).isEqualTo("no images of class 1");
        assertThat(rows.get(8).value()).isNull();
        assertThat(rows.get(8).note()).isEqualTo("failed: attack worker gone");
    }

    /** sqrt(1 x 28 x 28) = 28 is the distance of the farthest two images. */
    @Test
    void aRowOnAnAttackSaysItsEffortAndWhetherItsBallHoldsEveryImage() {
        DatasetManifest data = DatasetManifest.builder()
                .name("phantoms")
                .channels(1)
                .height(28)
                .width(28)
                .classes(List.of("a", "b"))
                .splits(Map.of())
                .sourceSha256(Map.of())
                .build();
        ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());
        view.apply(events.submit());
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.pgd(0.5)));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.measured(10, true, ViewEvents.pgd(0.5), 0.4));
        List<ResultRow> rows = ResultRows.of(view);

        assertThat(rows.get(0).effort()).isNull();
        assertThat(rows.get(0).onImagesOf(data).unbounded()).isNull();
        assertThat(rows.get(4).effort()).isEqualTo("10 steps");
        assertThat(rows.get(4).unbounded()).isNull();
        assertThat(rows.get(4).onImagesOf(data).unbounded()).isFalse();
        ResultRow farthest =
                rows.get(4).toBuilder().conditionDetails(ViewEvents.pgd(28)).build();
        assertThat(farthest.onImagesOf(data).unbounded()).isTrue();
    }

    @Test
    void aFigureCarriesTheGatesThatItFails() {
        ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());
        view.apply(events.submit());
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.pgd(0.5)));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.measured(10, true, ViewEvents.pgd(0.5), 0.95));
        view.apply(events.gate(10, "noise-hurts-less", Outcome.FAILED, "pgd-l2-10@0.5"));
        view.apply(events.gate(10, "attack-replays-equal", Outcome.PASSED, "clean"));
        view.apply(events.gate(10, "attack-has-converged", Outcome.NOT_JUDGED, "clean"));

        List<ResultRow> rows = ResultRows.of(view);

        assertThat(rows)
                .filteredOn(row -> row.condition().equals("pgd-l2-10@0.5"))
                .allSatisfy(row -> assertThat(row.failedGates()).containsExactly("noise-hurts-less"));
        assertThat(rows)
                .filteredOn(row -> row.condition().equals("clean"))
                .allSatisfy(row -> assertThat(row.failedGates()).isEmpty());
    }

    /** The final evaluation is standard and judges no gate; the full one of the same model does. */
    @Test
    void aFigureCarriesTheGatesOfEveryEvaluationOfItsCheckpoint() {
        ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());
        view.apply(events.submit());
        view.apply(events.planned(5, false, ViewEvents.CLEAN));
        view.apply(events.measured(5, false, ViewEvents.CLEAN, 0.8));
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.pgd(0.5)));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.measured(10, true, ViewEvents.pgd(0.5), 0.95));
        view.apply(events.named("full", events.measured(10, true, ViewEvents.pgd(0.5), 0.95)));
        view.apply(events.named("full", events.gate(10, "attack-has-converged", Outcome.FAILED, "pgd-l2-10@0.5")));
        view.apply(events.named("full", events.gate(10, "attack-replays-equal", Outcome.FAILED)));

        assertThat(ResultRows.of(view))
                .filteredOn(row -> row.condition().equals("pgd-l2-10@0.5"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.failedGates())
                        .containsExactlyInAnyOrder("attack-has-converged", "attack-replays-equal"));
        assertThat(ResultRows.of(view))
                .as("a gate that names no condition condemns all")
                .filteredOn(row -> row.condition().equals("clean"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.failedGates()).containsExactly("attack-replays-equal"));
        assertThat(ResultRows.of(view, view.evaluation("exp-1/epoch-00005").orElseThrow()))
                .as("the gates of one model say nothing of another epoch's")
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.failedGates()).isEmpty());
    }

    @Test
    void csvQuotesWhatItMustAndLeavesWhatIsNotDefinedEmpty() {
        ResultRow row = ResultRow.builder()
                .experiment("exp-1")
                .dataset("d")
                .method("rtda")
                .seed(7)
                .condition("clean")
                .metric("auroc")
                .n(80)
                .note("no \"cancer\", none\nat all")
                .evaluation("exp-1/epoch-00010/full")
                .failedGates(List.of("noise-hurts-less", "black-box-does-not-win"))
                .healthyClassAssumed(true)
                .constant(0.5)
                .constantAnswer("always class a, b")
                .subset(new Subset(80, 160))
                .conditionDetails(ViewEvents.CLEAN)
                .suite("full")
                .evaluationName("full")
                .build();
        assertThat(ResultCsv.write(List.of(row)))
                .isEqualTo(
                        "experiment,dataset,method,seed,condition,metric,value,low,high,n,note,evaluation,failed_gates,"
                                + "healthy_class_assumed,constant,constant_answer,subset_images,subset_of,suite,evaluation_name\r\n"
                                + "exp-1,d,rtda,7,clean,auroc,,,,80,\"no \"\"cancer\"\", none\nat all\",exp-1/epoch-00010/full,"
                                + "noise-hurts-less black-box-does-not-win,true,0.5,\"always class a, b\",80,160,full,full\r\n");
    }

    @Test
    void csvTextThatASpreadsheetWouldRunIsLedByAnApostrophe() {
        ResultRow row = ResultRow.builder()
                .experiment("exp-1")
                .dataset("d")
                .method("rtda")
                .seed(-7)
                .condition("clean")
                .metric("auroc")
                .value(0.5)
                .low(0.25)
                .high(0.75)
                .n(80)
                .note("=HYPERLINK(\"http://x\")")
                .evaluation("exp-1/epoch-00010")
                .failedGates(List.of())
                .conditionDetails(ViewEvents.CLEAN)
                .suite("standard")
                .build();
        assertThat(ResultCsv.write(List.of(row)))
                .endsWith(
                        "exp-1,d,rtda,-7,clean,auroc,0.5,0.25,0.75,80,\"'=HYPERLINK(\"\"http://x\"\")\",exp-1/epoch-00010,,,,,,,standard,\r\n");
    }
}
