package org.rtda.gateway;

import org.rtda.contracts.ExperimentCommand;

/** Hands a command to the trainers. */
interface CommandSender {
    /** @throws ProblemException 503 when the command cannot be handed over now */
    void send(ExperimentCommand command);
}
