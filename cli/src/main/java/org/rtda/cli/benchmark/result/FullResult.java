package org.rtda.cli.benchmark.result;

import java.util.List;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.result.ResultRow;

/**
 * The results of the full suite for a model, as the folder keeps them.
 *
 * @param experiment of the judged model
 * @param evaluation its id
 * @param gates all of them, passed, failed or not judged
 */
public record FullResult(String experiment, String evaluation, List<ResultRow> rows, List<Evaluation.Gate> gates) {
    public FullResult {
        rows = LegacyConditionLabel.completed(rows);
    }
}
