package org.rtda.gateway.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;

/**
 * What is known of one experiment, folded from its events. The topics are read side by side, so events of different
 * topics come in any order; the result is the same. Not safe for several threads.
 */
public final class ExperimentView {
    private static final int MOST_EVALUATIONS = 500;
    /** Kept of one experiment; the rest is only counted. */
    public static final int MOST_DEAD_LETTERS = 20;

    private final String id;
    private ExperimentCommand.Submit submit;
    /** By id. */
    private final Map<String, ExperimentCommand> cancels = new LinkedHashMap<>();

    private Description description = Description.NONE;
    private ExperimentStatus status;
    private CheckpointSaved checkpoint;
    private final TrainingSteps training;
    private final Map<String, EvaluationView> evaluations = new LinkedHashMap<>();
    private int epochStride;
    /** Evaluations that went since {@link #takeThinned} was asked. */
    private final List<String> thinned = new ArrayList<>();

    private final List<DeadLetter> deadLetters = new ArrayList<>();

    public ExperimentView(String id, TrainingSteps training) {
        this(id, training, 1);
    }

    /** @param epochStride as {@link #epochStride} said when the view was stored */
    public ExperimentView(String id, TrainingSteps training, int epochStride) {
        this.id = id;
        this.training = training;
        this.epochStride = epochStride;
    }

    /** False for an event that changes nothing: a duplicate, or one of an attempt that was superseded. */
    public boolean apply(Event event) {
        if (event instanceof ExperimentCommand.Submit command) {
            boolean isNew = submit == null;
            submit = isNew ? command : submit;
            return isNew;
        }
        if (event instanceof ExperimentCommand.Cancel || event instanceof ExperimentCommand.CancelEvaluations) {
            return cancels.putIfAbsent(event.id(), (ExperimentCommand) event) == null;
        }
        if (event instanceof ExperimentCommand.Describe change) {
            Description before = description;
            description = before.with(change);
            return !description.equals(before);
        }
        if (event instanceof ExperimentStatus reported) {
            return applyStatus(reported);
        }
        if (event instanceof TrainingMetric metric) {
            return applyTraining(metric);
        }
        if (event instanceof CheckpointSaved saved) {
            return applyCheckpoint(saved);
        }
        if (event instanceof RobustnessMetric metric) {
            return applyRobustness(metric);
        }
        if (event instanceof EvaluationCommand command) {
            CheckpointSaved judged = command.checkpoint();
            EvaluationId asked = EvaluationId.named(id, judged.epoch(), command.name());
            return evaluation(asked.text(), judged.epoch(), judged.last()).apply(command);
        }
        throw new IllegalArgumentException("no view of " + event.getClass().getSimpleName());
    }

    private boolean applyStatus(ExperimentStatus reported) {
        if (status != null && (reported.attempt() < status.attempt() || isRepetition(reported))) {
            return false;
        }
        status = reported;
        return true;
    }

    private boolean isRepetition(ExperimentStatus reported) {
        if (reported.attempt() > status.attempt()) {
            return false;
        }
        if (reported.id() != null && reported.id().equals(status.id())) {
            return true;
        }
        if (status.state().isFinal()) {
            // trained, its evaluation then cancelled
            return status.state() != ExperimentStatus.State.TRAINED
                    || reported.state() != ExperimentStatus.State.CANCELLED;
        }
        return !reported.state().isFinal() && reported.step() < status.step();
    }

    /**
     * A later attempt goes on from a checkpoint, so the steps before it are the earlier attempt's and stay; what the
     * earlier attempt did from there on, before or after it was fenced off, is not part of the run.
     */
    private boolean applyTraining(TrainingMetric metric) {
        boolean superseded = training.firstSteps().tailMap(metric.attempt(), false).values().stream()
                .anyMatch(first -> first <= metric.step());
        OptionalLong known = superseded ? OptionalLong.empty() : training.attemptOf(metric.step());
        if (superseded || known.isPresent() && known.getAsLong() >= metric.attempt()) {
            return false;
        }
        Long first = training.firstSteps().get(metric.attempt());
        if (first == null || metric.step() < first) {
            training.begin(metric.attempt(), metric.step());
            training.removeFrom(metric.step(), metric.attempt());
        }
        training.put(metric);
        return true;
    }

    private boolean applyCheckpoint(CheckpointSaved saved) {
        Comparator<CheckpointSaved> order =
                Comparator.comparingLong(CheckpointSaved::attempt).thenComparingLong(CheckpointSaved::step);
        if (checkpoint != null && order.compare(saved, checkpoint) <= 0) {
            return false;
        }
        checkpoint = saved;
        return true;
    }

    private boolean applyRobustness(RobustnessMetric metric) {
        int epoch;
        boolean last;
        if (metric instanceof RobustnessMetric.Planned m) {
            epoch = m.epoch();
            last = m.last();
        } else if (metric instanceof RobustnessMetric.Measured m) {
            epoch = m.epoch();
            last = m.last();
        } else if (metric instanceof RobustnessMetric.Failed m) {
            epoch = m.epoch();
            last = m.last();
        } else if (metric instanceof RobustnessMetric.Gate m) {
            epoch = m.epoch();
            last = m.last();
        } else {
            epoch = ((RobustnessMetric.Completed) metric).epoch();
            last = ((RobustnessMetric.Completed) metric).last();
        }
        EvaluationView evaluation = evaluations.get(metric.evaluationId());
        if (evaluation == null) {
            evaluation = new EvaluationView(metric.evaluationId(), epoch, last);
            if (isThinned(evaluation)) {
                return false;
            }
            // before it is put: a message that cannot be taken in leaves nothing behind
            MessageKey.of(metric);
            evaluations.put(metric.evaluationId(), evaluation);
        }
        boolean changed = evaluation.apply(metric);
        while (evaluations.size() > MOST_EVALUATIONS && epochStride < MOST_EVALUATIONS) {
            epochStride *= 2;
            thinned.addAll(evaluations.values().stream()
                    .filter(this::isThinned)
                    .map(EvaluationView::id)
                    .toList());
            evaluations.values().removeIf(this::isThinned);
        }
        return changed;
    }

    /** Of very long experiments not every epoch's quick evaluation is kept. What people asked for is. */
    private boolean isThinned(EvaluationView evaluation) {
        return !evaluation.isLast() && evaluation.name() == null && evaluation.epoch() % epochStride != 0;
    }

    private EvaluationView evaluation(String evaluationId, int epoch, boolean last) {
        return evaluations.computeIfAbsent(evaluationId, any -> new EvaluationView(any, epoch, last));
    }

    public void apply(DeadLetter letter) {
        if (deadLetters.size() < MOST_DEAD_LETTERS) {
            deadLetters.add(letter);
        }
    }

    /** Of the experiment's own evaluations before its last checkpoint, those of epochs divisible by it are kept. */
    public int epochStride() {
        return epochStride;
    }

    /** The ids of evaluations that are no part of the view any more; each is handed out once. */
    public List<String> takeThinned() {
        List<String> taken = List.copyOf(thinned);
        thinned.clear();
        return taken;
    }

    public String id() {
        return id;
    }

    /** Absent when only later events have come yet. */
    public Optional<ExperimentCommand.Submit> submit() {
        return Optional.ofNullable(submit);
    }

    public Description description() {
        return description;
    }

    /** As {@link #description} said when the view was stored. */
    public void describedAs(Description stored) {
        description = stored;
    }

    /** Of a command that cancels. */
    public boolean knows(ExperimentCommand cancel) {
        return cancels.containsKey(cancel.id());
    }

    /** Whether people have asked to end the experiment itself. */
    public boolean isCancelRequested() {
        return cancels.values().stream().anyMatch(ExperimentCommand.Cancel.class::isInstance);
    }

    /** Whether people have asked to end this evaluation. It may be complete with all its figures all the same. */
    public boolean isCancelRequested(String evaluationId) {
        return cancels.values().stream().anyMatch(cancel -> cancel.ends(evaluationId));
    }

    /**
     * Where the experiment stands. The trainer says so at the end of an epoch, its metrics come with every step: while it runs, the
     * steps are those of the metrics, once they are ahead. Of a run that has ended they are those that are left of it.
     */
    public ExperimentStatus status() {
        ExperimentStatus told = lastTold();
        long steps = latestOfAttempt().map(TrainingMetric::step).orElse(0L);
        return told.state() == ExperimentStatus.State.RUNNING && steps > told.step() ? withStep(told, steps) : told;
    }

    /** The trainer's last message; empty until one reports. */
    public Optional<ExperimentStatus> reported() {
        return Optional.ofNullable(status);
    }

    /** The trainer's last message, as it was published; QUEUED until one reports. */
    public ExperimentStatus lastTold() {
        if (status != null) {
            return status;
        }
        return new ExperimentStatus(
                id + "/queued",
                submit == null ? Instant.EPOCH : submit.time(),
                Event.SCHEMA_VERSION,
                id,
                0,
                ExperimentStatus.State.QUEUED,
                0,
                0,
                0,
                null,
                null,
                null,
                null);
    }

    private static ExperimentStatus withStep(ExperimentStatus status, long step) {
        return new ExperimentStatus(
                status.id(),
                status.time(),
                status.schemaVersion(),
                status.experimentId(),
                status.attempt(),
                status.state(),
                step,
                status.totalSteps(),
                status.epoch(),
                status.trainer(),
                status.device(),
                status.objective(),
                status.reason());
    }

    /** The newest step; empty while it is of an earlier attempt than the status: what that did last may not be part of the run. */
    private Optional<TrainingMetric> latestOfAttempt() {
        return training.last().filter(metric -> status != null && metric.attempt() >= status.attempt());
    }

    /** The pace of the newest steps; empty while it is not known. */
    OptionalDouble secondsPerStep() {
        return latestOfAttempt().isPresent()
                ? StepPace.secondsPerStep(training.latest(StepPace.STEPS))
                : OptionalDouble.empty();
    }

    /** The newest checkpoint. */
    public Optional<CheckpointSaved> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    public List<TrainingMetric> training() {
        return training.thinned();
    }

    /** Evaluation by evaluation in the order of {@link #evaluations}. */
    public List<RobustnessMetric> robustness() {
        return evaluations().stream().flatMap(e -> e.all().stream()).toList();
    }

    /**
     * The evaluation of the final checkpoint that the experiment's settings asked for, of the latest attempt that planned
     * one.
     */
    public Optional<EvaluationView> finalEvaluation() {
        return evaluations.values().stream()
                .filter(e -> e.isLast() && e.name() == null)
                .max(Comparator.comparingLong(EvaluationView::attempt));
    }

    /**
     * By epoch, then the experiment's own before those that people asked for, by name. The {@linkplain #awaited awaited} one is among them.
     */
    public List<EvaluationView> evaluations() {
        return Stream.concat(evaluations.values().stream(), awaited().stream())
                .sorted(Comparator.comparingInt(EvaluationView::epoch)
                        .thenComparing(e -> e.name() == null ? "" : e.name()))
                .toList();
    }

    /** @param evaluationId an {@link EvaluationId} as text */
    public Optional<EvaluationView> evaluation(String evaluationId) {
        return Optional.ofNullable(evaluations.get(evaluationId))
                .or(() -> awaited().filter(awaited -> awaited.id().equals(evaluationId)));
    }

    /**
     * The evaluation of the final checkpoint of which no message has come yet: a final checkpoint is always judged, so its plan is on the
     * way.
     */
    public Optional<EvaluationView> awaited() {
        return Optional.ofNullable(checkpoint)
                .filter(CheckpointSaved::last)
                .map(judged -> EvaluationId.own(id, judged.epoch()).text())
                .filter(own -> !evaluations.containsKey(own))
                .map(own -> new EvaluationView(own, checkpoint.epoch(), true));
    }

    /**
     * By its id, by its name, by epoch and name as {@code epoch-00005/full} or, of one that the experiment's own settings asked for, by
     * its epoch as {@code epoch-00005}.
     */
    public Optional<EvaluationView> evaluationCalled(String called) {
        return evaluation(called).or(() -> evaluationNamed(called)).or(() -> evaluation(id + "/" + called));
    }

    /** What people asked for under this name; of several epochs the last. */
    public Optional<EvaluationView> evaluationNamed(String name) {
        return evaluations().stream().filter(e -> name.equals(e.name())).reduce((earlier, later) -> later);
    }

    public List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }
}
