package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultRowTest {
    private final Events events = new Events("exp-1");

    @Test
    void aRowPerFigureInTheOrderOfThePlanAndOnePerFailedCondition() {
        ExperimentView view = new ExperimentView("exp-1", 100);
        view.apply(events.submit());
        assertThat(ResultRow.of(view)).isEmpty();
        view.apply(events.planned(10, true, Events.CLEAN, Events.pgd(0.5), Events.NOISE));
        view.apply(events.failed(10, true, Events.NOISE, "attack worker gone"));
        view.apply(events.measured(10, true, Events.pgd(0.5), 0.4));
        view.apply(events.measured(10, true, Events.CLEAN, 0.9));
        view.apply(events.measured(5, false, Events.NOISE, 0.1));

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
                .isEqualTo(new ResultRow("exp-1", "phantoms", "rtda", 1, "clean", "accuracy", 0.9, 0.8, 1.0, 80, null));
        assertThat(rows.get(3).value()).isNull();
        assertThat(rows.get(3).note()).isEqualTo("no images of class 1");
        assertThat(rows.get(8).value()).isNull();
        assertThat(rows.get(8).note()).isEqualTo("failed: attack worker gone");
    }

    @Test
    void csvQuotesWhatItMustAndLeavesWhatIsNotDefinedEmpty() {
        ResultRow row = new ResultRow(
                "exp-1", "d", "rtda", 7, "clean", "auroc", null, null, null, 80, "no \"cancer\", none\nat all");
        assertThat(ResultCsv.write(List.of(row)))
                .isEqualTo("experiment,dataset,method,seed,condition,metric,value,low,high,n,note\r\n"
                        + "exp-1,d,rtda,7,clean,auroc,,,,80,\"no \"\"cancer\"\", none\nat all\"\r\n");
    }

    @Test
    void csvTextThatASpreadsheetWouldRunIsLedByAnApostrophe() {
        ResultRow row = new ResultRow(
                "exp-1", "d", "rtda", -7, "clean", "auroc", 0.5, 0.25, 0.75, 80, "=HYPERLINK(\"http://x\")");
        assertThat(ResultCsv.write(List.of(row)))
                .endsWith("exp-1,d,rtda,-7,clean,auroc,0.5,0.25,0.75,80,\"'=HYPERLINK(\"\"http://x\"\")\"\r\n");
    }
}
