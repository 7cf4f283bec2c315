package org.rtda.gateway.command;

import java.time.Clock;
import java.util.List;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.ExperimentView;

/** Ends one evaluation and nothing else. A command that arrives twice is answered alike. */
public final class CancelEvaluation {
    private final ExperimentViews views;
    private final CommandSender sender;
    private final Clock clock;

    public CancelEvaluation(ExperimentViews views, CommandSender sender, Clock clock) {
        this.views = views;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * @param called as {@link ExperimentView#evaluationCalled} takes it
     * @return the evaluation's id
     * @throws ProblemException 404 for an unknown experiment or evaluation, 409 when it has ended, 503 when the broker is gone
     */
    public String cancel(String experiment, String called) {
        EvaluationDocument evaluation = views.readEvaluation(experiment, called, EvaluationDocument::of);
        switch (evaluation.state()) {
            case COMPLETED, FAILED, CANCELLED ->
                throw ProblemException.conflict("evaluation " + evaluation.id() + " has ended ("
                        + evaluation.state().inWords() + "), nothing is left to cancel");
            case CANCELLING -> {
                return evaluation.id();
            }
            case WAITING, RUNNING -> {
                // as below
            }
        }
        ExperimentCommand command = new ExperimentCommand.CancelEvaluations(
                evaluation.id() + "/cancel",
                clock.instant(),
                Event.SCHEMA_VERSION,
                experiment,
                List.of(evaluation.id()));
        sender.send(command);
        views.await(experiment, view -> view.knows(command));
        return evaluation.id();
    }
}
