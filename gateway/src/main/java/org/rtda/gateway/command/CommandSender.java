package org.rtda.gateway.command;

import org.rtda.contracts.ExperimentCommand;

/** Hands a command to the trainers. */
public interface CommandSender {
    /** @throws ProblemException 503 when the command cannot be handed over now */
    void send(ExperimentCommand command);
}
