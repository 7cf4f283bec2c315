package org.rtda.cli.benchmark.result;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.result.ResultRow;

/**
 * What a constant answer scores in accuracy, for rows of earlier builds that do not say it: the share of the commonest class, which
 * they have as a figure of its own.
 */
final class LegacyConstant {
    private LegacyConstant() {}

    static List<ResultRow> completed(List<ResultRow> rows) {
        Map<String, Double> shares = new HashMap<>();
        rows.stream()
                .filter(row -> row.metric().equals(FigureNames.MAJORITY_RATE) && row.value() != null)
                .forEach(row -> shares.put(row.condition(), row.value()));
        return rows.stream()
                .map(row -> row.constant() == null && row.metric().equals(FigureNames.ACCURACY)
                        ? row.toBuilder().constant(shares.get(row.condition())).build()
                        : row)
                .toList();
    }
}
