package org.rtda.contracts.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

/**
 * One figure of an evaluation, as the gateway answers it and a client reads it. A condition that could not be measured is a row without value whose note says why,
 * never a missing or a zero one.
 *
 * @param experiment id of the experiment
 * @param dataset name of its data set
 * @param method its training method
 * @param seed of its training
 * @param condition its label, for example {@code pgd-l2-10@0.505}: for people, and equal for equal conditions of a split; what the
 *     condition is stands in {@code conditionDetails}
 * @param metric name of the figure, for example {@code accuracy}
 * @param value the figure; null when it is not defined
 * @param low lower end of the 95% interval; null where the value is
 * @param high upper end of the 95% interval; null where the value is
 * @param n images behind it
 * @param note why there is no value, or what to mind; null otherwise
 * @param evaluation its id, by which the evaluations of one checkpoint are kept apart
 * @param failedGates the rules for believable figures that this condition's do not keep, as any evaluation of the same checkpoint
 *     found; the value does not stand without them; empty where nobody says
 * @param healthyClassAssumed of a figure that depends on which class is healthy: whether nobody said so and class 0 was
 *     taken; null for every other figure, and in what earlier builds measured
 * @param constant what an answer that is the same for every image scores in this figure; null where there is no honest one
 * @param constantAnswer which answer that is, for example {@code always class benign}; null where {@code constant} is
 * @param subset of the split's images that the condition is about; null for all of them
 * @param conditionDetails the condition itself; null in documents of earlier builds
 * @param suite of the evaluation; null while neither its plan nor its command has come
 * @param evaluationName what it was asked for by; null of the experiment's own evaluation
 * @param effort how long the condition's attack searches, for example {@code 10 steps}; null where the condition is not one attack
 * @param unbounded whether the ball of the condition's attack, or attacks, holds every image; null where there is no ball, and
 *     where the size of the images is not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResultRow(
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
        String evaluationName,
        String effort,
        Boolean unbounded) {

    public ResultRow {
        failedGates = failedGates == null ? List.of() : List.copyOf(failedGates);
    }

    /** The same, knowing the size of the images. */
    public ResultRow onImagesOf(DatasetManifest data) {
        AttackSettings ball = conditionDetails.attackSet() == null
                ? conditionDetails.attack()
                : conditionDetails.attackSet().members().get(0);
        return ball == null
                ? this
                : toBuilder()
                        .unbounded(ball.isUnbounded(data.channels(), data.height(), data.width()))
                        .build();
    }

    /** The same with what {@code answer}, given to every image, scores in it. */
    public ResultRow beside(double constant, String answer) {
        return toBuilder().constant(constant).constantAnswer(answer).build();
    }

    /** Whether it rests on a healthy class that nobody named. */
    public boolean assumesHealthyClass() {
        return Boolean.TRUE.equals(healthyClassAssumed);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .experiment(experiment)
                .dataset(dataset)
                .method(method)
                .seed(seed)
                .condition(condition)
                .metric(metric)
                .value(value)
                .low(low)
                .high(high)
                .n(n)
                .note(note)
                .evaluation(evaluation)
                .failedGates(failedGates)
                .healthyClassAssumed(healthyClassAssumed)
                .constant(constant)
                .constantAnswer(constantAnswer)
                .subset(subset)
                .conditionDetails(conditionDetails)
                .suite(suite)
                .evaluationName(evaluationName)
                .effort(effort)
                .unbounded(unbounded);
    }

    /** Sets components by name; one that is not set is null. */
    public static final class Builder {
        private String experiment;
        private String dataset;
        private String method;
        private Long seed;
        private String condition;
        private String metric;
        private Double value;
        private Double low;
        private Double high;
        private Integer n;
        private String note;
        private String evaluation;
        private List<String> failedGates;
        private Boolean healthyClassAssumed;
        private Double constant;
        private String constantAnswer;
        private Subset subset;
        private Condition conditionDetails;
        private String suite;
        private String evaluationName;
        private String effort;
        private Boolean unbounded;

        private Builder() {}

        public Builder experiment(String experiment) {
            this.experiment = experiment;
            return this;
        }

        public Builder dataset(String dataset) {
            this.dataset = dataset;
            return this;
        }

        public Builder method(String method) {
            this.method = method;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder condition(String condition) {
            this.condition = condition;
            return this;
        }

        public Builder metric(String metric) {
            this.metric = metric;
            return this;
        }

        public Builder value(Double value) {
            this.value = value;
            return this;
        }

        public Builder low(Double low) {
            this.low = low;
            return this;
        }

        public Builder high(Double high) {
            this.high = high;
            return this;
        }

        public Builder n(int n) {
            this.n = n;
            return this;
        }

        public Builder note(String note) {
            this.note = note;
            return this;
        }

        public Builder evaluation(String evaluation) {
            this.evaluation = evaluation;
            return this;
        }

        public Builder failedGates(List<String> failedGates) {
            this.failedGates = failedGates;
            return this;
        }

        public Builder healthyClassAssumed(Boolean healthyClassAssumed) {
            this.healthyClassAssumed = healthyClassAssumed;
            return this;
        }

        public Builder constant(Double constant) {
            this.constant = constant;
            return this;
        }

        public Builder constantAnswer(String constantAnswer) {
            this.constantAnswer = constantAnswer;
            return this;
        }

        public Builder subset(Subset subset) {
            this.subset = subset;
            return this;
        }

        public Builder conditionDetails(Condition conditionDetails) {
            this.conditionDetails = conditionDetails;
            return this;
        }

        public Builder suite(String suite) {
            this.suite = suite;
            return this;
        }

        public Builder evaluationName(String evaluationName) {
            this.evaluationName = evaluationName;
            return this;
        }

        public Builder effort(String effort) {
            this.effort = effort;
            return this;
        }

        public Builder unbounded(Boolean unbounded) {
            this.unbounded = unbounded;
            return this;
        }

        public ResultRow build() {
            return new ResultRow(
                    experiment,
                    dataset,
                    method,
                    Objects.requireNonNull(seed, "seed"),
                    condition,
                    metric,
                    value,
                    low,
                    high,
                    Objects.requireNonNull(n, "n"),
                    note,
                    evaluation,
                    failedGates,
                    healthyClassAssumed,
                    constant,
                    constantAnswer,
                    subset,
                    conditionDetails,
                    suite,
                    evaluationName,
                    effort,
                    unbounded);
        }
    }
}
