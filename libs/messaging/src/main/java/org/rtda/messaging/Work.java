package org.rtda.messaging;

/** What is done with each record of a {@link WorkQueue}. */
public interface Work {

    /** How the work on a record ended. */
    enum End {
        /** The record is dealt with: whatever it asked for has been published. */
        DONE,
        /** Nothing wrong with the record; another worker is to take it. */
        LEFT_TO_OTHERS
    }

    /**
     * Works on one record, on a thread of the queue's own. The record's lock is renewed meanwhile, however long it takes.
     *
     * @throws RuntimeException that {@link FailureKind} judges: the record goes to the dead letters, or it is left to others and
     *     this worker pauses
     * @throws InterruptedException when the queue is closed meanwhile; the record is left to others
     */
    End on(Delivery delivery) throws InterruptedException;
}
