package org.rtda.cli.benchmark.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.core.comparison.PairedComparison;

/**
 * The answer of a comparison to one question, as a sentence that follows only from its paired tests.
 *
 * <p>{@link PairedComparison#finding} says what is called a difference. Where there is one run of each method, the sentence says
 * so. The differences themselves stand in the table of the paired tests.
 *
 * @param condition that the question is about
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ComparisonVerdict(String dataset, double trainingEpsilon, String question, String condition, String sentence) {
    /** What is asked, and how a figure that is higher or lower is called. */
    private enum Question {
        ROBUSTNESS("Robustness", "more robust than", "less robust than"),
        CLEAN("Clean accuracy", "more accurate than", "less accurate than"),
        SHIFT("Shift", "more accurate than", "less accurate than");

        private final String words;
        private final String higher;
        private final String lower;

        Question(String words, String higher, String lower) {
            this.words = words;
            this.higher = higher;
            this.lower = lower;
        }
    }

    /** In the order in which they are said. */
    private enum Finding {
        HIGHER,
        LOWER,
        NOT_SHOWN,
        NOT_TESTED,
        CONSTANT
    }

    private record Group(Finding finding, boolean oneRun) {}

    /**
     * Robustness under each attack of the tables, clean accuracy, and each shift.
     *
     * @param methods of the grid, measured or not
     */
    static List<ComparisonVerdict> of(Comparison comparison, List<String> methods) {
        List<ComparisonVerdict> verdicts = new ArrayList<>();
        if (ComparisonWords.methods(comparison).contains(BenchmarkGrid.PROPOSED)) {
            for (Column column : comparison.columns()) {
                question(column)
                        .flatMap(question -> of(comparison, question, column.name(), methods))
                        .ifPresent(verdicts::add);
            }
        }
        return verdicts;
    }

    /** Empty for a column that no question is about. */
    private static Optional<Question> question(Column column) {
        return switch (column.kind()) {
            case CLEAN -> Optional.of(Question.CLEAN);
            case ATTACK -> Optional.of(Question.ROBUSTNESS);
            case SHIFT -> Optional.of(Question.SHIFT);
            default -> column.name().equals(Column.HELD_OUT) ? Optional.of(Question.SHIFT) : Optional.empty();
        };
    }

    /**
     * Whether it belongs to what is said first.
     *
     * @param attacked the condition of the attack that is as strong as the one in training
     */
    boolean isOfTheFront(String attacked) {
        return !question.equals(Question.ROBUSTNESS.words) || condition.equals(attacked);
    }

    /** Empty where the grid has no other method. */
    private static Optional<ComparisonVerdict> of(
            Comparison comparison, Question question, String condition, List<String> methods) {
        Map<Group, List<String>> groups = new LinkedHashMap<>();
        for (Finding finding : Finding.values()) {
            groups.put(new Group(finding, false), new ArrayList<>());
            groups.put(new Group(finding, true), new ArrayList<>());
        }
        List<String> missing = new ArrayList<>(methods);
        missing.remove(BenchmarkGrid.PROPOSED);
        for (PairedTest test : comparison.tests()) {
            if (test.condition().equals(condition)) {
                missing.remove(test.baseline());
                groups.get(new Group(finding(test), test.seeds() == 1)).add(test.baseline());
            }
        }
        List<String> sentences = new ArrayList<>();
        for (boolean oneRun : new boolean[] {false, true}) {
            List<String> parts = new ArrayList<>();
            groups.forEach((group, baselines) -> {
                if (group.oneRun == oneRun && !baselines.isEmpty()) {
                    parts.add(part(question, group, list(baselines)));
                }
            });
            if (!parts.isEmpty()) {
                sentences.add(sentence((oneRun ? "in one run each, " : "") + String.join("; ", parts)));
            }
        }
        if (!missing.isEmpty()) {
            sentences.add(sentence("not measured: " + list(missing)));
        }
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(new ComparisonVerdict(
                        comparison.dataset(),
                        comparison.epsilon(),
                        question.words,
                        condition,
                        String.join(" ", sentences)));
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    /** As an item of a list. */
    String inMarkdown() {
        return "- **" + question + ", " + condition + ".** " + sentence;
    }

    private static Finding finding(PairedTest test) {
        if (test.constant()) {
            return Finding.CONSTANT;
        }
        return switch (test.comparison().finding()) {
            case HIGHER -> Finding.HIGHER;
            case LOWER -> Finding.LOWER;
            case NOT_SHOWN -> Finding.NOT_SHOWN;
            case NOT_TESTED -> Finding.NOT_TESTED;
        };
    }

    private static String part(Question question, Group group, String baselines) {
        String is = group.oneRun ? "rtda is " : "rtda is shown to be ";
        return switch (group.finding) {
            case HIGHER -> is + question.higher + " " + baselines;
            case LOWER -> is + question.lower + " " + baselines;
            case NOT_SHOWN -> "no difference is shown from " + baselines;
            case NOT_TESTED -> "the difference from " + baselines + " has no test on images";
            case CONSTANT ->
                "not judged against " + baselines + ", since one of the models names one class for every image";
        };
    }

    private static String list(List<String> names) {
        return names.size() == 1
                ? names.get(0)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}
