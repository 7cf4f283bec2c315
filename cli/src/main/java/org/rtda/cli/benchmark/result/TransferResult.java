package org.rtda.cli.benchmark.result;

import java.util.List;
import org.rtda.contracts.result.ResultRow;

/**
 * The results of a model on images that were made against other models, as the folder keeps them.
 *
 * @param experiment of the judged model
 * @param sources experiments of the models that the images were made against
 * @param rows of these images alone
 * @param failedGates of that evaluation
 */
public record TransferResult(
        String experiment, List<String> sources, List<ResultRow> rows, List<CellResult.FailedGate> failedGates) {
    public TransferResult {
        rows = LegacyConditionLabel.completed(rows);
    }
}
