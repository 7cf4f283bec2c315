package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.DatasetRef;

/**
 * An experiment as REST shows it.
 *
 * @param id identity of the experiment, in addresses and messages
 * @param name what people call it; null where it has none
 * @param notes what people say of it; null where there are none
 * @param tags words that people gave it; empty where there are none
 * @param spec with every default and every value that depends on the data set filled in
 * @param dataset the import of the data set that it is trained on
 * @param status where it stands; its steps move with each step of the training
 * @param progress what goes on; null once nothing more will come: failed, cancelled, or trained and evaluated
 * @param evaluation of the final checkpoint, as the specification asks for it; all zero until its plan has come
 * @param headline the few figures that tell experiments apart; null before the first one
 * @param furtherEvaluations what people asked for beside it
 * @param submittedAt when it was submitted, UTC
 * @param unfinished what has not ended, which is what cancelling it ends
 * @param cancelling the part of it that people have asked to end
 * @param cancelRequested whether people have ever asked to cancel it; {@code cancelling} says what still goes on
 * @param deadLetters records of this experiment that a service could not process, the first 20
 */
@Schema(requiredProperties = "id") // of a list, people choose the others
public record ExperimentDocument(
        String id,
        String name,
        String notes,
        List<String> tags,
        ExperimentSpec spec,
        DatasetRef dataset,
        Status status,
        ExperimentProgress progress,
        EvaluationView.Progress evaluation,
        Headline headline,
        List<EvaluationDocument> furtherEvaluations,
        Instant submittedAt,
        Unfinished unfinished,
        Unfinished cancelling,
        boolean cancelRequested,
        List<DeadLetter> deadLetters) {

    /**
     * @param state where its training stands
     * @param attempt grows each time the experiment changes hands; 0 while queued
     * @param step optimiser steps done
     * @param totalSteps optimiser steps of the whole run; 0 while that is not known
     * @param epoch epochs done
     * @param device on which it trains, for example {@code cpu} or {@code gpu(0)}; null while queued
     * @param trainer name of the trainer; null while queued
     * @param objective the method's loss in words and symbols; null while queued
     * @param reason why it failed; null otherwise
     * @param time when this became known, UTC
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Status(
            ExperimentStatus.State state,
            long attempt,
            long step,
            long totalSteps,
            int epoch,
            String device,
            String trainer,
            String objective,
            String reason,
            Instant time) {
        static Status of(ExperimentStatus status) {
            return new Status(
                    status.state(),
                    status.attempt(),
                    status.step(),
                    status.totalSteps(),
                    status.epoch(),
                    status.device(),
                    status.trainer(),
                    status.objective(),
                    status.reason(),
                    status.time());
        }
    }

    /**
     * Of a submitted experiment.
     *
     * @param queue null where it does not wait for a trainer
     */
    public static ExperimentDocument of(ExperimentView view, QueuePlace queue) {
        ExperimentCommand.Submit submit = view.submit().orElseThrow();
        return builder()
                .id(view.id())
                .name(view.description().name())
                .notes(view.description().notes())
                .tags(view.description().tags())
                .spec(submit.spec())
                .dataset(submit.dataset())
                .status(Status.of(view.status()))
                .progress(ExperimentProgress.of(view, queue).orElse(null))
                .evaluation(view.finalEvaluation().map(EvaluationView::progress).orElse(EvaluationView.Progress.NONE))
                .headline(Headline.of(view).orElse(null))
                .furtherEvaluations(view.evaluations().stream()
                        .filter(e -> e.name() != null)
                        .map(e -> EvaluationDocument.of(view, e))
                        .toList())
                .submittedAt(submit.time())
                .unfinished(Unfinished.of(view))
                .cancelling(Unfinished.cancelling(view))
                .cancelRequested(view.isCancelRequested())
                .deadLetters(view.deadLetters())
                .build();
    }

    /** Whether no trainer has begun it. */
    public boolean waits() {
        return progress != null && progress.phase() == ExperimentProgress.Phase.QUEUED;
    }

    /** The same with its place in the queue; only what waits for a trainer has one. */
    public ExperimentDocument withQueue(QueuePlace place) {
        return toBuilder()
                .progress(progress == null ? null : progress.withQueue(place))
                .build();
    }

    private static Builder builder() {
        return new Builder();
    }

    /** Begins with all that this one says. */
    private Builder toBuilder() {
        return new Builder()
                .id(id)
                .name(name)
                .notes(notes)
                .tags(tags)
                .spec(spec)
                .dataset(dataset)
                .status(status)
                .progress(progress)
                .evaluation(evaluation)
                .headline(headline)
                .furtherEvaluations(furtherEvaluations)
                .submittedAt(submittedAt)
                .unfinished(unfinished)
                .cancelling(cancelling)
                .cancelRequested(cancelRequested)
                .deadLetters(deadLetters);
    }

    /** Sets components by name; one that is not set is absent. */
    private static final class Builder {
        private String id;
        private String name;
        private String notes;
        private List<String> tags;
        private ExperimentSpec spec;
        private DatasetRef dataset;
        private Status status;
        private ExperimentProgress progress;
        private EvaluationView.Progress evaluation;
        private Headline headline;
        private List<EvaluationDocument> furtherEvaluations;
        private Instant submittedAt;
        private Unfinished unfinished;
        private Unfinished cancelling;
        private Boolean cancelRequested;
        private List<DeadLetter> deadLetters;

        private Builder() {}

        Builder id(String id) {
            this.id = id;
            return this;
        }

        Builder name(String name) {
            this.name = name;
            return this;
        }

        Builder notes(String notes) {
            this.notes = notes;
            return this;
        }

        Builder tags(List<String> tags) {
            this.tags = tags;
            return this;
        }

        Builder spec(ExperimentSpec spec) {
            this.spec = spec;
            return this;
        }

        Builder dataset(DatasetRef dataset) {
            this.dataset = dataset;
            return this;
        }

        Builder status(Status status) {
            this.status = status;
            return this;
        }

        Builder progress(ExperimentProgress progress) {
            this.progress = progress;
            return this;
        }

        Builder evaluation(EvaluationView.Progress evaluation) {
            this.evaluation = evaluation;
            return this;
        }

        Builder headline(Headline headline) {
            this.headline = headline;
            return this;
        }

        Builder furtherEvaluations(List<EvaluationDocument> furtherEvaluations) {
            this.furtherEvaluations = furtherEvaluations;
            return this;
        }

        Builder submittedAt(Instant submittedAt) {
            this.submittedAt = submittedAt;
            return this;
        }

        Builder unfinished(Unfinished unfinished) {
            this.unfinished = unfinished;
            return this;
        }

        Builder cancelling(Unfinished cancelling) {
            this.cancelling = cancelling;
            return this;
        }

        Builder cancelRequested(boolean cancelRequested) {
            this.cancelRequested = cancelRequested;
            return this;
        }

        Builder deadLetters(List<DeadLetter> deadLetters) {
            this.deadLetters = deadLetters;
            return this;
        }

        ExperimentDocument build() {
            return new ExperimentDocument(
                    id,
                    name,
                    notes,
                    tags,
                    spec,
                    dataset,
                    status,
                    progress,
                    evaluation,
                    headline,
                    furtherEvaluations,
                    submittedAt,
                    unfinished,
                    cancelling,
                    Check.present("cancelRequested", cancelRequested),
                    deadLetters);
        }
    }
}
