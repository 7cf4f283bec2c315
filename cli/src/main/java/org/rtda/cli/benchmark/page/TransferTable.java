package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ResultsDocument;

/** The table of accuracy on images that were made against other models. */
final class TransferTable {
    private TransferTable() {}

    static void write(Comparison comparison, ResultsDocument document, MarkdownText page) {
        List<TransferMatrix.Entry> entries = TransferMatrix.entries(comparison);
        if (entries.isEmpty()) {
            return;
        }
        page.paragraph("### Transfer");
        for (long seed :
                entries.stream().map(TransferMatrix.Entry::seed).distinct().toList()) {
            List<TransferMatrix.Entry> ofSeed =
                    entries.stream().filter(entry -> entry.seed() == seed).toList();
            List<String> sources = ofSeed.stream()
                    .map(TransferMatrix.Entry::source)
                    .distinct()
                    .sorted(Comparator.comparingInt(document.grid().methods()::indexOf))
                    .toList();
            List<String> header = new ArrayList<>(List.of("seed " + seed + ", judged"));
            sources.forEach(source -> header.add("made against " + source));
            page.row(header);
            page.rule(header.size());
            for (String judged :
                    ofSeed.stream().map(TransferMatrix.Entry::judged).distinct().toList()) {
                List<String> cells = new ArrayList<>(List.of(ComparisonWords.marked(comparison, judged)));
                for (String source : sources) {
                    cells.add(ofSeed.stream()
                            .filter(entry -> entry.judged().equals(judged)
                                    && entry.source().equals(source))
                            .findFirst()
                            .map(entry -> ComparisonWords.number(entry.value()))
                            .orElse(ComparisonWords.NONE));
                }
                page.row(cells);
            }
            page.blank();
        }
        page.paragraph("Accuracy under " + comparison.attacked()
                + " on images made against the model of the column; on the diagonal, against the model itself.");
    }
}
