package org.rtda.contracts;

import java.time.Instant;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;

/**
 * Builds the messages of an evaluation: sets components by name; one that is not set is absent. The schema is the newest.
 *
 * @param <B> the builder itself
 */
public abstract sealed class RobustnessMetricBuilder<B extends RobustnessMetricBuilder<B>> {
    String id;
    Instant time;
    int schemaVersion = Event.SCHEMA_VERSION;
    String experimentId;
    String evaluationId;
    private Integer epoch;
    private Boolean last;
    MetricSubject subject;

    private RobustnessMetricBuilder() {}

    abstract B self();

    int epoch() {
        return Check.present("epoch", epoch);
    }

    boolean last() {
        return Check.present("last", last);
    }

    public B id(String id) {
        this.id = id;
        return self();
    }

    public B time(Instant time) {
        this.time = time;
        return self();
    }

    public B schemaVersion(int schemaVersion) {
        this.schemaVersion = schemaVersion;
        return self();
    }

    public B experimentId(String experimentId) {
        this.experimentId = experimentId;
        return self();
    }

    public B evaluationId(String evaluationId) {
        this.evaluationId = evaluationId;
        return self();
    }

    public B epoch(int epoch) {
        this.epoch = epoch;
        return self();
    }

    public B last(boolean last) {
        this.last = last;
        return self();
    }

    public B subject(MetricSubject subject) {
        this.subject = subject;
        return self();
    }

    public static final class Planned extends RobustnessMetricBuilder<Planned> {
        private Long attempt;
        private Long step;
        private String suite;
        private List<Condition> conditions;

        Planned() {}

        @Override
        Planned self() {
            return this;
        }

        public Planned attempt(long attempt) {
            this.attempt = attempt;
            return this;
        }

        public Planned step(long step) {
            this.step = step;
            return this;
        }

        public Planned suite(String suite) {
            this.suite = suite;
            return this;
        }

        public Planned conditions(List<Condition> conditions) {
            this.conditions = conditions;
            return this;
        }

        public RobustnessMetric.Planned build() {
            return new RobustnessMetric.Planned(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    evaluationId,
                    Check.present("attempt", attempt),
                    epoch(),
                    Check.present("step", step),
                    last(),
                    suite,
                    conditions,
                    subject);
        }
    }

    public static final class Measured extends RobustnessMetricBuilder<Measured> {
        private Condition condition;
        private List<Figure> values;
        private ObjectRef predictions;
        private ObjectRef gallery;
        private Subset subset;
        private List<RobustnessMetric.Subgroup> subgroups;

        Measured() {}

        @Override
        Measured self() {
            return this;
        }

        public Measured condition(Condition condition) {
            this.condition = condition;
            return this;
        }

        public Measured values(List<Figure> values) {
            this.values = values;
            return this;
        }

        public Measured predictions(ObjectRef predictions) {
            this.predictions = predictions;
            return this;
        }

        public Measured gallery(ObjectRef gallery) {
            this.gallery = gallery;
            return this;
        }

        public Measured subset(Subset subset) {
            this.subset = subset;
            return this;
        }

        public Measured subgroups(List<RobustnessMetric.Subgroup> subgroups) {
            this.subgroups = subgroups;
            return this;
        }

        public RobustnessMetric.Measured build() {
            return new RobustnessMetric.Measured(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    evaluationId,
                    epoch(),
                    last(),
                    condition,
                    values,
                    predictions,
                    gallery,
                    subset,
                    subgroups,
                    subject);
        }
    }

    public static final class Failed extends RobustnessMetricBuilder<Failed> {
        private Condition condition;
        private String reason;
        private Boolean cancelled;

        Failed() {}

        @Override
        Failed self() {
            return this;
        }

        public Failed condition(Condition condition) {
            this.condition = condition;
            return this;
        }

        public Failed reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Failed cancelled(Boolean cancelled) {
            this.cancelled = cancelled;
            return this;
        }

        public RobustnessMetric.Failed build() {
            return new RobustnessMetric.Failed(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    evaluationId,
                    epoch(),
                    last(),
                    condition,
                    reason,
                    cancelled,
                    subject);
        }
    }

    public static final class Gate extends RobustnessMetricBuilder<Gate> {
        private String gate;
        private RobustnessMetric.Gate.Outcome outcome;
        private List<String> concerns;
        private String finding;

        Gate() {}

        @Override
        Gate self() {
            return this;
        }

        public Gate gate(String gate) {
            this.gate = gate;
            return this;
        }

        public Gate outcome(RobustnessMetric.Gate.Outcome outcome) {
            this.outcome = outcome;
            return this;
        }

        public Gate concerns(List<String> concerns) {
            this.concerns = concerns;
            return this;
        }

        public Gate finding(String finding) {
            this.finding = finding;
            return this;
        }

        public RobustnessMetric.Gate build() {
            return new RobustnessMetric.Gate(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    evaluationId,
                    epoch(),
                    last(),
                    gate,
                    outcome,
                    concerns,
                    finding,
                    subject);
        }
    }

    public static final class Completed extends RobustnessMetricBuilder<Completed> {
        private Integer measured;
        private Integer failed;
        private Integer cancelled;

        Completed() {}

        @Override
        Completed self() {
            return this;
        }

        public Completed measured(int measured) {
            this.measured = measured;
            return this;
        }

        public Completed failed(int failed) {
            this.failed = failed;
            return this;
        }

        public Completed cancelled(Integer cancelled) {
            this.cancelled = cancelled;
            return this;
        }

        public RobustnessMetric.Completed build() {
            return new RobustnessMetric.Completed(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    evaluationId,
                    epoch(),
                    last(),
                    Check.present("measured", measured),
                    Check.present("failed", failed),
                    cancelled,
                    subject);
        }
    }
}
