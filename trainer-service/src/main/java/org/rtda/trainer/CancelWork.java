package org.rtda.trainer;

import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Work;

/** The work on a command to cancel, for one trainer among the cancellers. Other commands are nothing to them. */
final class CancelWork implements Work {
    private final Cancellation cancellation;

    /** Ends a run that is cancelled, unless its trainer does. */
    interface Cancellation {
        /** @throws TrainingStoppedException when this trainer is stopped while it waits */
        void end(String experimentId) throws InterruptedException;
    }

    CancelWork(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    @Override
    public End on(Delivery delivery) throws InterruptedException {
        ExperimentCommand command;
        try {
            command = EventCodec.read(delivery.received().value(), ExperimentCommand.class);
        } catch (InvalidMessageException e) {
            // refused by whoever was to train it
            return End.DONE;
        }
        if (!(command instanceof ExperimentCommand.Cancel cancel)) {
            return End.DONE;
        }
        if (delivery.isLast()) {
            // published anew, so that a holder who dies while it waits does not take the cancel with it
            return End.LEFT_TO_OTHERS;
        }
        try {
            cancellation.end(cancel.experimentId());
        } catch (TrainingStoppedException e) {
            return End.LEFT_TO_OTHERS;
        }
        return End.DONE;
    }
}
