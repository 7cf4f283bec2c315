package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.Subset;
import org.rtda.gateway.rest.ResultCsv;

class ResultRowTest {
    private final ViewEvents events = new ViewEvents("exp-1");

    @Test
    void aRowPerFigureInTheOrderOfThePlanAndOnePerFailedCondition() {
        ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());
        view.apply(events.submit());
        assertThat(ResultRow.of(view)).isEmpty();
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.pgd(0.5), ViewEvents.NOISE));
        view.apply(events.failed(10, true, ViewEvents.NOISE, "attack worker gone"));
        view.apply(events.measured(10, true, ViewEvents.pgd(0.5), 0.4));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.measured(5, false, ViewEvents.NOISE, 0.1));

        List<ResultRow> rows = ResultRow.of(view);

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
                .isEqualTo(new ResultRow(
                        "exp-1",
                        "phantoms",
                        "rtda",
                        1,
                        "clean",
                        "accuracy",
                        0.9,
                        0.8,
                        1.0,
                        80,
                        null,
                        "exp-1/epoch-00010",
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        ViewEvents.CLEAN,
                        "standard",
                        null));
        assertThat(rows.get(4).conditionDetails()).isEqualTo(ViewEvents.pgd(0.5));
        assertThat(rows.get(8).conditionDetails()).isEqualTo(ViewEvents.NOISE);
        assertThat(rows.get(3).value()).isNull();
        assertThat(rows.get(3).note()).isEqualTo("no images of class 1");
        assertThat(rows.get(8).value()).isNull();
        assertThat(rows.get(8).note()).isEqualTo("failed: attack worker gone");
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

        List<ResultRow> rows = ResultRow.of(view);

        assertThat(rows)
                .filteredOn(row -> row.condition().equals("pgd-l2-10@0.5"))
                .allSatisfy(row -> assertThat(row.failedGates()).containsExactly("noise-hurts-less"));
        assertThat(rows)
                .filteredOn(row -> row.condition().equals("clean"))
                .allSatisfy(row -> assertThat(row.failedGates()).isEmpty());
    }

    @Test
    void csvQuotesWhatItMustAndLeavesWhatIsNotDefinedEmpty() {
        ResultRow row = new ResultRow(
                "exp-1",
                "d",
                "rtda",
                7,
                "clean",
                "auroc",
                null,
                null,
                null,
                80,
                "no \"cancer\", none\nat all",
                "exp-1/epoch-00010/full",
                List.of("noise-hurts-less", "black-box-does-not-win"),
                true,
                0.5,
                "always class a, b",
                new Subset(80, 160),
                ViewEvents.CLEAN,
                "full",
                "full");
        assertThat(ResultCsv.write(List.of(row)))
                .isEqualTo(
                        "experiment,dataset,method,seed,condition,metric,value,low,high,n,note,evaluation,failed_gates,"
                                + "healthy_class_assumed,constant,constant_answer,subset_images,subset_of,suite,evaluation_name\r\n"
                                + "exp-1,d,rtda,7,clean,auroc,,,,80,\"no \"\"cancer\"\", none\nat all\",exp-1/epoch-00010/full,"
                                + "noise-hurts-less black-box-does-not-win,true,0.5,\"always class a, b\",80,160,full,full\r\n");
    }

    @Test
    void csvTextThatASpreadsheetWouldRunIsLedByAnApostrophe() {
        ResultRow row = new ResultRow(
                "exp-1",
                "d",
                "rtda",
                -7,
                "clean",
                "auroc",
                0.5,
                0.25,
                0.75,
                80,
                "=HYPERLINK(\"http://x\")",
                "exp-1/epoch-00010",
                List.of(),
                null,
                null,
                null,
                null,
                ViewEvents.CLEAN,
                "standard",
                null);
        assertThat(ResultCsv.write(List.of(row)))
                .endsWith(
                        "exp-1,d,rtda,-7,clean,auroc,0.5,0.25,0.75,80,\"'=HYPERLINK(\"\"http://x\"\")\",exp-1/epoch-00010,,,,,,,standard,\r\n");
    }
}
