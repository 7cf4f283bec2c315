package org.rtda.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;

/**
 * The course of an evaluation; topic {@link Topic#ROBUSTNESS_METRICS}, key: the evaluation's id. One Planned, then one
 * Measured or Failed per condition in any order, then the Gates (none for the suite quick), then one Completed. A message may come twice, with the same id.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RobustnessMetric.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = RobustnessMetric.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = RobustnessMetric.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = RobustnessMetric.Gate.class, name = "gate"),
    @JsonSubTypes.Type(value = RobustnessMetric.Completed.class, name = "completed")
})
public sealed interface RobustnessMetric extends Event {
    String evaluationId();

    /** What it is about; null in messages of earlier builds. */
    MetricSubject subject();

    /** @param suite one of {@link KnownNames#SUITES}, or {@code transfer} */
    record Planned(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String evaluationId,
            long attempt,
            int epoch,
            long step,
            boolean last,
            String suite,
            List<Condition> conditions,
            MetricSubject subject)
            implements RobustnessMetric {
        public Planned {
            Check.event(id, time, schemaVersion, experimentId);
            Check.present("evaluationId", evaluationId);
            Check.present("suite", suite);
            conditions = Check.copyOf("conditions", conditions);
        }

        public static RobustnessMetricBuilder.Planned builder() {
            return new RobustnessMetricBuilder.Planned();
        }
    }

    /**
     * @param values every figure with its interval and n
     * @param predictions the {@link Predictions} behind them, JSON; null where they were not kept (quick evaluations, and
     *     whatever earlier builds measured)
     * @param gallery a {@link Gallery}, JSON; null where no image was judged otherwise than it is, or none was kept
     * @param subset of the split's images that the condition is about; null where it is about all of them
     * @param subgroups the same figures of each subgroup's images; null where no subgroups are known or the condition is not
     *     one of those that are told by subgroup
     */
    record Measured(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String evaluationId,
            int epoch,
            boolean last,
            Condition condition,
            List<Figure> values,
            ObjectRef predictions,
            ObjectRef gallery,
            Subset subset,
            List<Subgroup> subgroups,
            MetricSubject subject)
            implements RobustnessMetric {
        public Measured {
            Check.event(id, time, schemaVersion, experimentId);
            Check.present("evaluationId", evaluationId);
            Check.present("condition", condition);
            values = Check.copyOf("values", values);
            ObjectKeys.requirePredictions("predictions", predictions, experimentId);
            ObjectKeys.requireGallery("gallery", gallery, experimentId);
            subgroups = subgroups == null ? null : Check.copyOf("subgroups", subgroups);
        }

        public static RobustnessMetricBuilder.Measured builder() {
            return new RobustnessMetricBuilder.Measured();
        }
    }

    /**
     * What a condition's figures are on the images that share a property, for example those of one scanner.
     *
     * @param attribute one of the names in {@link ImageRecord.Subgroups#known}, for example {@code scanner}
     * @param value which one, for example {@code Acme One}
     * @param classCounts its images by label
     * @param small whether a class has fewer than {@link #FEWEST_OF_A_CLASS} images
     * @param values {@code accuracy} and {@code balanced-accuracy}; without value, and with the reason, where a class has no
     *     image
     */
    record Subgroup(String attribute, String value, List<Integer> classCounts, boolean small, List<Figure> values) {
        /** With fewer images of a class than this, a subgroup is marked as small. */
        public static final int FEWEST_OF_A_CLASS = 10;

        public Subgroup {
            Check.present("attribute", attribute);
            Check.present("value", value);
            classCounts = Check.copyOf("classCounts", classCounts);
            values = Check.copyOf("values", values);
        }
    }

    /**
     * The condition could not be measured; it counts as done, with its reason.
     *
     * @param cancelled true where people had ended the evaluation before the condition was measured; null otherwise
     */
    record Failed(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String evaluationId,
            int epoch,
            boolean last,
            Condition condition,
            String reason,
            Boolean cancelled,
            MetricSubject subject)
            implements RobustnessMetric {
        public Failed {
            Check.event(id, time, schemaVersion, experimentId);
            Check.present("evaluationId", evaluationId);
            Check.present("condition", condition);
            Check.present("reason", reason);
        }

        public static RobustnessMetricBuilder.Failed builder() {
            return new RobustnessMetricBuilder.Failed();
        }

        public boolean wasCancelled() {
            return Boolean.TRUE.equals(cancelled);
        }
    }

    /**
     * Whether the figures keep one of the rules by which a number can be believed.
     *
     * @param gate one of {@link KnownNames#GATES}
     * @param outcome of one pair of figures or more; NOT_JUDGED where what it needs was not measured
     * @param concerns labels of the conditions whose figures do not stand when it fails
     * @param finding what was compared, with its numbers
     */
    record Gate(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String evaluationId,
            int epoch,
            boolean last,
            String gate,
            Outcome outcome,
            List<String> concerns,
            String finding,
            MetricSubject subject)
            implements RobustnessMetric {
        public enum Outcome {
            PASSED,
            FAILED,
            NOT_JUDGED
        }

        public Gate {
            Check.event(id, time, schemaVersion, experimentId);
            Check.present("evaluationId", evaluationId);
            Check.oneOf("gate", gate, KnownNames.GATES);
            Check.present("outcome", outcome);
            concerns = Check.copyOf("concerns", concerns);
            Check.present("finding", finding);
        }

        public static RobustnessMetricBuilder.Gate builder() {
            return new RobustnessMetricBuilder.Gate();
        }
    }

    /**
     * Every planned condition was measured or has failed.
     *
     * @param failed conditions without figures, those that were cancelled included
     * @param cancelled how many of {@code failed} were cancelled; null where none was
     */
    record Completed(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String evaluationId,
            int epoch,
            boolean last,
            int measured,
            int failed,
            Integer cancelled,
            MetricSubject subject)
            implements RobustnessMetric {
        public Completed {
            Check.event(id, time, schemaVersion, experimentId);
            Check.present("evaluationId", evaluationId);
            if (cancelled != null) {
                Check.inRange("cancelled", cancelled, 1, failed);
            }
        }

        public static RobustnessMetricBuilder.Completed builder() {
            return new RobustnessMetricBuilder.Completed();
        }
    }
}
