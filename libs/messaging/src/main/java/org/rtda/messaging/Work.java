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

    /**
     * Whether a record that fails near its last delivery, while every worker lacks what the work needs, stays with its worker until that is
     * there. Else it is published anew, behind all that wait. Only for work that does not give up a record at its last delivery: where the
     * worker dies meanwhile, that is what its next holder gets.
     */
    default boolean keepsPlaces() {
        return false;
    }

    /** The same work, whose records keep their places. */
    static Work keepingPlaces(Work work) {
        return new Work() {
            @Override
            public End on(Delivery delivery) throws InterruptedException {
                return work.on(delivery);
            }

            @Override
            public boolean keepsPlaces() {
                return true;
            }
        };
    }
}
