package org.rtda.cli.benchmark.page;

import java.util.List;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.PairedTest;

/** The proposed method against each baseline, paired by seed and image. */
final class PairedTestTable {
    private PairedTestTable() {}

    static void write(Comparison comparison, MarkdownText page) {
        List<PairedTest> tests = comparison.shownTests();
        if (tests.isEmpty()) {
            return;
        }
        page.paragraph(
                "### " + ComparisonWords.marked(comparison, BenchmarkGrid.PROPOSED) + " against each baseline, paired");
        page.row(List.of(
                "condition",
                "baseline",
                "seeds",
                "accuracy, difference",
                "balanced accuracy, difference",
                "only rtda right / only baseline, by seed",
                "McNemar, combined",
                "with Holm",
                "what it shows"));
        page.rule(9);
        for (PairedTest test : tests) {
            page.row(List.of(
                    test.condition(),
                    ComparisonWords.marked(comparison, test.baseline()),
                    Integer.toString(test.seeds()),
                    ComparisonWords.accuracyDifference(test),
                    ComparisonWords.difference(test.balancedAccuracy()),
                    ComparisonWords.counts(test),
                    ComparisonWords.p(test.combined()),
                    ComparisonWords.p(test.combinedHolm()),
                    test.verdict()));
        }
        page.blank();
        page.paragraph("""
                McNemar's test is the exact binomial one, for each seed on the same images. Seeds share their test images, so their
                p-values depend on each other and image x seed pairs must not be stacked; they are combined by twice their mean (Vovk
                and Wang 2020), which holds under any dependence, and corrected by Holm over the baselines of the condition.
                Differences are rtda's figure minus the other's: means of the seeds' paired differences with Student's 95% interval;
                with one seed, or where all seeds differ by the same, it is the interval over test images (of balanced accuracy there
                is none for one seed). A difference is called one where
                the corrected p is under 0.05 and the interval of the accuracy's difference leaves out 0, and not where one of the
                runs is a constant; a mean over corruptions has no McNemar test, so none is called there. "In one run each" speaks of
                these two models, not of the methods: another seed may say otherwise.""");
    }
}
