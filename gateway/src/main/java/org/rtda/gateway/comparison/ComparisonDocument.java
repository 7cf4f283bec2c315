package org.rtda.gateway.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.core.comparison.Difference;
import org.rtda.core.comparison.MeanOverSeeds;
import org.rtda.core.comparison.PairedComparison;
import org.rtda.core.metrics.McNemar;

/**
 * Experiments of one data set side by side. Experiments that differ in their seed only are one group; the first group, that
 * of the first experiment asked for, is compared with each other one.
 *
 * @param dataset name of the data set
 * @param groups in the order in which their first experiments were asked for
 * @param differing fields of the specification that are not the same in all groups
 * @param conditions in the order of the first experiment's evaluation
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ComparisonDocument(
        String dataset, List<Group> groups, List<String> differing, List<ComparedCondition> conditions) {

    /**
     * @param name the method, with what else tells the groups apart, for example {@code rtda, lambda 3}
     * @param experiments ids of the runs, by seed
     * @param seeds of the runs, rising
     * @param specification of its runs, without the seed
     * @param constant whether one of its runs names the same class for every clean image: then its figures under attack are no
     *     robustness, and nothing is concluded; null where the answers of a run are not known
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Group(
            String name,
            List<String> experiments,
            List<Long> seeds,
            @Schema(implementation = ExperimentSpec.class) JsonNode specification,
            Boolean constant) {}

    /**
     * @param condition its label, for example {@code clean} or {@code pgd-l2-10@0.5052}
     * @param conditionDetails the condition itself
     * @param attackFamily how the condition's attack searches; null where the condition has none, or a set of them
     * @param figures one for each group and metric that has a value
     * @param differences of the first group from each other one
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ComparedCondition(
            String condition,
            Condition conditionDetails,
            AttackKind.Family attackFamily,
            List<GroupFigure> figures,
            List<GroupDifference> differences) {}

    /**
     * @param group its place in {@link ComparisonDocument#groups}, from 0
     * @param metric name of the figure, for example {@code accuracy}
     * @param figure mean over the seeds
     * @param n the fewest images behind a run's figure
     * @param subset of the split's images that it is about; null for all of them, and where the runs do not agree
     * @param failedGates the gates that say of a run's figures under the condition that they do not stand
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record GroupFigure(
            int group, String metric, MeanOverSeeds figure, int n, Subset subset, List<String> failedGates) {}

    /**
     * @param group the other group's place in {@link ComparisonDocument#groups}
     * @param seeds that both have
     * @param accuracy of accuracy, the first group's minus the other's
     * @param balancedAccuracy of balanced accuracy, the first group's minus the other's
     * @param mcNemar the exact test of each seed whose answers are known image by image, by seed
     * @param combined one p-value of these tests; null where a seed has none
     * @param combinedHolm that p-value, corrected by Holm's method over the groups; null where it is
     * @param finding what is shown of the first group's accuracy beside the other's
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record GroupDifference(
            int group,
            int seeds,
            Difference accuracy,
            Difference balancedAccuracy,
            SortedMap<Long, McNemar> mcNemar,
            Double combined,
            Double combinedHolm,
            Shown finding) {}

    /** What the tests show. */
    public enum Shown {
        HIGHER,
        LOWER,
        NOT_SHOWN,
        /** There is no test on images. */
        NOT_TESTED,
        /** A model names the same class for every image. */
        NOT_JUDGED;

        static Shown of(PairedComparison comparison, boolean constant) {
            if (constant) {
                return NOT_JUDGED;
            }
            return switch (comparison.finding()) {
                case HIGHER -> HIGHER;
                case LOWER -> LOWER;
                case NOT_SHOWN -> NOT_SHOWN;
                case NOT_TESTED -> NOT_TESTED;
            };
        }
    }
}
