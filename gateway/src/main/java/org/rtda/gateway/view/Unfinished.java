package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The parts of an experiment that have not ended; cancelling the experiment ends them.
 *
 * @param run what the trainer still has to do; null once the run has ended
 * @param evaluations ids of those that were asked for or planned, or whose plan is on the way, and that are not complete, by epoch
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Unfinished(Run run, List<String> evaluations) {
    public enum Run {
        /** No trainer has begun. */
        QUEUED,
        TRAINING
    }

    public Unfinished {
        evaluations = List.copyOf(evaluations);
    }

    public static Unfinished of(ExperimentView view) {
        Run run =
                switch (view.status().state()) {
                    case QUEUED -> Run.QUEUED;
                    case RUNNING -> Run.TRAINING;
                    case TRAINED, FAILED, CANCELLED -> null;
                };
        return new Unfinished(
                run,
                view.evaluations().stream()
                        .filter(evaluation -> !evaluation.isComplete())
                        .map(EvaluationView::id)
                        .toList());
    }

    /** The part that people have asked to end and that has not ended yet. */
    public static Unfinished cancelling(ExperimentView view) {
        Unfinished all = of(view);
        return new Unfinished(
                view.isCancelRequested() ? all.run : null,
                all.evaluations.stream().filter(view::isCancelRequested).toList());
    }

    @JsonIgnore
    public boolean isEmpty() {
        return run == null && evaluations.isEmpty();
    }

    /** For example {@code training; evaluations: exp-1/epoch-00005, exp-1/epoch-00005/full}. */
    public String inWords() {
        List<String> parts = new ArrayList<>();
        if (run != null) {
            parts.add(run.name().toLowerCase(Locale.ROOT));
        }
        if (!evaluations.isEmpty()) {
            parts.add("evaluations: " + String.join(", ", evaluations));
        }
        return String.join("; ", parts);
    }
}
