package org.rtda.gateway.command;

import org.rtda.contracts.EvaluationCommand;

/** Hands a command to the evaluators. */
public interface EvaluationSender {
    /** @throws ProblemException 503 when the command cannot be handed over now */
    void send(EvaluationCommand command);
}
