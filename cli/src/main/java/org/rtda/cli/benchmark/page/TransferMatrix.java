package org.rtda.cli.benchmark.page;

import static org.rtda.report.TableCell.figure;
import static org.rtda.report.TableCell.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;

/**
 * For each attack, accuracy of each run on the images that were made against each run, as far as they were measured. Made against
 * the run itself they are those of the white-box attack.
 */
final class TransferMatrix {
    private TransferMatrix() {}

    /**
     * @param judged method of the judged model
     * @param source method of the model that the images were made against, of the same seed
     * @param value accuracy
     */
    record Entry(
            String dataset,
            double trainingEpsilon,
            long seed,
            String judged,
            String source,
            double value,
            double low,
            double high,
            int n) {}

    /** Of the models that were judged on images made against others, the white-box attack on themselves included. */
    static List<Entry> entries(Comparison comparison) {
        List<Entry> entries = new ArrayList<>();
        for (Run run : comparison.runs()) {
            List<Entry> ofRun = new ArrayList<>();
            for (Run source : comparison.runs()) {
                ResultRow row = source == run
                        ? run.result().figure(comparison.attacked(), FigureNames.ACCURACY)
                        : madeAgainst(source, comparison.attacked(), run);
                if (row != null && source.cell().seed() == run.cell().seed()) {
                    ofRun.add(new Entry(
                            comparison.dataset(),
                            comparison.epsilon(),
                            run.cell().seed(),
                            run.cell().method(),
                            source.cell().method(),
                            row.value(),
                            row.low(),
                            row.high(),
                            row.n()));
                }
            }
            if (ofRun.size() > 1) {
                entries.addAll(ofRun);
            }
        }
        return entries;
    }

    /** Accuracy of a run on the images that the attack made against another; null where it was not measured. */
    private static ResultRow madeAgainst(Run source, String attack, Run judged) {
        return judged.result().rows().stream()
                .filter(row -> isMadeAgainst(source, row.conditionDetails())
                        && whiteBox(row.conditionDetails()).equals(attack))
                .filter(row -> row.metric().equals(FigureNames.ACCURACY) && row.value() != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean isMadeAgainst(Run source, Condition condition) {
        return condition.kind() == Condition.Kind.TRANSFER
                && condition.source().experimentId().equals(source.result().experiment());
    }

    /** Label of the same attack made against the judged model itself. */
    private static String whiteBox(Condition transfer) {
        return Condition.attack(transfer.attack(), transfer.split()).label();
    }

    /** Empty where no run has images made against another of the comparison. */
    static List<ReportBlock> of(Comparison comparison, MethodFlags flags) {
        Map<String, Set<Run>> sources = new LinkedHashMap<>();
        for (Condition condition : Column.conditions(comparison.runs())) {
            for (Run source : comparison.runs()) {
                if (isMadeAgainst(source, condition)) {
                    sources.computeIfAbsent(whiteBox(condition), any -> new LinkedHashSet<>())
                            .add(source);
                }
            }
        }
        List<ReportBlock> blocks = new ArrayList<>();
        sources.forEach(
                (attack, ofAttack) -> blocks.add(ReportBlock.table(matrix(comparison, flags, attack, ofAttack))));
        return blocks;
    }

    private static Table matrix(Comparison comparison, MethodFlags flags, String attack, Set<Run> sources) {
        List<String> head = new ArrayList<>(List.of("Judged"));
        sources.forEach(source -> head.add("made against " + name(source)));
        List<Table.Row> rows = new ArrayList<>();
        for (Run run : comparison.runs()) {
            List<org.rtda.report.TableCell> cells = new ArrayList<>(List.of(text(name(run))));
            for (Run source : sources) {
                ResultRow row = source == run
                        ? run.result().figure(attack, FigureNames.ACCURACY)
                        : madeAgainst(source, attack, run);
                cells.add(
                        row == null
                                ? figure(ReportFigure.missing("not measured"), List.of())
                                : figure(
                                                ComparisonSection.of(row),
                                                flags.of(comparison, run.cell().method()))
                                        .shaded());
            }
            rows.add(Table.Row.of(cells));
        }
        return new Table("Transfer: accuracy under " + attack + " made against each model", head, rows);
    }

    private static String name(Run run) {
        return run.cell().method() + " seed " + run.cell().seed();
    }
}
