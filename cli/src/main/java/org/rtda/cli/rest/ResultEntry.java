package org.rtda.cli.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;

/**
 * One figure of an evaluation of an experiment.
 *
 * @param condition its label, for people; nothing is read out of it
 * @param value null when it is not defined
 * @param low lower end of the 95% interval
 * @param n images behind it
 * @param note why there is no value, or what to mind
 * @param evaluation its id; null from a gateway that does not say
 * @param failedGates the rules for believable figures that this condition's do not keep
 * @param healthyClassAssumed of a figure that depends on the healthy class: whether nobody said which it is; else null
 * @param constant what an answer that is the same for every image scores in this figure; null where the gateway does not say
 * @param constantAnswer which answer that is
 * @param subset of the split's images that the condition is about; null for all of them
 * @param conditionDetails the condition itself; in documents of earlier builds, which do not have it, what its label says
 * @param suite of the evaluation; null where the document does not say
 * @param evaluationName what it was asked for by; null of an experiment's own, and where the document does not say
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResultEntry(
        String experiment,
        String dataset,
        String method,
        long seed,
        String condition,
        String metric,
        Double value,
        Double low,
        Double high,
        int n,
        String note,
        String evaluation,
        List<String> failedGates,
        Boolean healthyClassAssumed,
        Double constant,
        String constantAnswer,
        Subset subset,
        Condition conditionDetails,
        String suite,
        String evaluationName) {

    public ResultEntry {
        conditionDetails = conditionDetails == null ? OldConditionLabel.read(condition) : conditionDetails;
        failedGates = failedGates == null ? List.of() : List.copyOf(failedGates);
    }

    /** Of an experiment's own evaluation, without gates. */
    public ResultEntry(
            String experiment,
            String dataset,
            String method,
            long seed,
            String condition,
            String metric,
            Double value,
            Double low,
            Double high,
            int n,
            String note) {
        this(
                experiment,
                dataset,
                method,
                seed,
                condition,
                metric,
                value,
                low,
                high,
                n,
                note,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with what {@code answer}, given to every image, scores in it. */
    public ResultEntry beside(double constant, String answer) {
        return new ResultEntry(
                experiment,
                dataset,
                method,
                seed,
                condition,
                metric,
                value,
                low,
                high,
                n,
                note,
                evaluation,
                failedGates,
                healthyClassAssumed,
                constant,
                answer,
                subset,
                conditionDetails,
                suite,
                evaluationName);
    }

    /** Whether it rests on a healthy class that nobody named. */
    public boolean assumesHealthyClass() {
        return Boolean.TRUE.equals(healthyClassAssumed);
    }
}
