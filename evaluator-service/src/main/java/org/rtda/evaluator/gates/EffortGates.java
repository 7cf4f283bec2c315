package org.rtda.evaluator.gates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.variant.AttackKind.Family;
import org.rtda.evaluator.gates.EndedConditions.Row;

/**
 * Gates that check whether an attack with more steps, restarts or a larger radius is stronger. A difference of one
 * image is tolerated, because random starts cause it.
 */
final class EffortGates {
    /** As a share of the images. */
    private static final double UNBOUNDED_LEFT = 0.01;

    private static final double CONVERGED_WITHIN = 0.01;

    /** Sums of shares such as 0.3 + 1/10 are not exact. */
    private static final double ROUNDING = 1e-9;

    private EffortGates() {}

    /** Under PGD the accuracy is at most that under FGSM in the same ball, and one image. */
    static GateVerdict moreStepsAreNotWeaker(EndedConditions conditions) {
        List<Row> pgd = conditions.attacks(EndedConditions::isPgd);
        List<String> weaker = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (Row one : conditions.attacks(a -> a.kind().family() == Family.FGSM)) {
            for (Row more : pgd) {
                if (more.sharesBallAndImages(one)) {
                    compared.add(more.said() + " after " + one.said());
                    if (exceeds(more.accuracy(), one.accuracy() + one.oneImage())) {
                        weaker.add(more.label());
                    }
                }
            }
        }
        return compared.isEmpty()
                ? GateVerdict.notJudged("FGSM and PGD were not both measured in one ball")
                : GateVerdict.of(weaker.isEmpty(), weaker, "accuracy: " + String.join("; ", compared));
    }

    /** Under one attack, from the clean images on, the accuracy at a radius is at most the least at smaller ones, and one image. */
    static GateVerdict accuracyDoesNotRiseWithEpsilon(EndedConditions conditions) {
        Map<String, List<Row>> sameButRadius = new LinkedHashMap<>();
        for (Row row : conditions.attacks(EndedConditions::isPgd)) {
            AttackSettings a = row.attack();
            sameButRadius
                    .computeIfAbsent(a.name() + " " + a.steps() + " " + a.restarts(), any -> new ArrayList<>())
                    .add(row);
        }
        Optional<Row> clean = conditions.clean();
        List<String> rising = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (List<Row> rows : sameButRadius.values()) {
            rows.sort(Comparator.comparing(row -> row.attack().epsilon()));
            clean.ifPresent(row -> rows.add(0, row));
            if (rows.size() < 2) {
                continue;
            }
            double least = rows.get(0).accuracy();
            List<String> course = new ArrayList<>();
            for (Row row : rows) {
                if (exceeds(row.accuracy(), least + row.oneImage())) {
                    rising.add(row.label());
                }
                least = Math.min(least, row.accuracy());
                course.add(row.said());
            }
            compared.add(String.join(", ", course));
        }
        return compared.isEmpty()
                ? GateVerdict.notJudged("no two radii of one attack were measured")
                : GateVerdict.of(rising.isEmpty(), rising, "accuracy: " + String.join("; ", compared));
    }

    /** An attack that may turn any image into any other leaves at most 1% of the images right, or one image. */
    static GateVerdict unboundedAttackSucceeds(EndedConditions conditions) {
        if (conditions.manifest().isEmpty()) {
            return GateVerdict.notJudged("the size of the images is not known: the data set's manifest cannot be read");
        }
        DatasetManifest data = conditions.manifest().get();
        List<Row> rows = conditions.attacks(a -> EndedConditions.isPgd(a)
                && a.norm().equals("l2")
                && a.isUnbounded(data.channels(), data.height(), data.width()));
        if (rows.isEmpty()) {
            return GateVerdict.notJudged("no attack of unbounded size was measured");
        }
        Row row = rows.get(0);
        return GateVerdict.of(
                !exceeds(row.accuracy(), Math.max(UNBOUNDED_LEFT, row.oneImage())),
                conditions.labelsOfAttacks(),
                "accuracy of " + row.n() + " images under " + row.said());
    }

    /**
     * PGD with twice the steps, or from five starts, moves the accuracy by at most one point, or one image, and APGD in the same
     * ball takes no more than that beyond it.
     */
    static GateVerdict attackHasConverged(EndedConditions conditions) {
        Map<String, List<Row>> sameBall = new LinkedHashMap<>();
        for (Row row : conditions.attacks(EndedConditions::isPgd)) {
            sameBall.computeIfAbsent(row.attack().name() + " " + row.attack().epsilon(), any -> new ArrayList<>())
                    .add(row);
        }
        List<String> moved = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (List<Row> rows : sameBall.values()) {
            rows.sort(Comparator.comparing((Row row) -> row.attack().restarts())
                    .thenComparing(row -> row.attack().steps()));
            Row least = rows.get(0);
            for (Row adaptive : conditions.attacks(a -> a.kind().family() == Family.APGD)) {
                if (adaptive.sharesBallAndImages(least)) {
                    compared.add(least.said() + ", with adaptive steps " + adaptive.said());
                    double limit = Math.max(CONVERGED_WITHIN, least.oneImage());
                    if (exceeds(least.accuracy() - adaptive.accuracy(), limit) && !moved.contains(least.label())) {
                        moved.add(least.label());
                    }
                }
            }
            for (Row more : rows.subList(1, rows.size())) {
                compared.add(least.said() + ", with more effort " + more.said());
                double moves = Math.abs(least.accuracy() - more.accuracy());
                if (exceeds(moves, Math.max(CONVERGED_WITHIN, least.oneImage())) && !moved.contains(least.label())) {
                    moved.add(least.label());
                }
            }
        }
        return compared.isEmpty()
                ? GateVerdict.notJudged("PGD was not measured with more steps or restarts, nor APGD in its ball")
                : GateVerdict.of(moved.isEmpty(), moved, "accuracy: " + String.join("; ", compared));
    }

    static boolean exceeds(double value, double limit) {
        return value > limit + ROUNDING;
    }
}
