package org.rtda.trainer;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.service.WorkProgress;

/**
 * The right to train an experiment, which a later attempt ends. Whatever counts is published through it, and every write to the
 * store that counts asks it first. All methods throw {@link OwnershipLostException} when a later attempt has begun, and
 * {@link TrainingStoppedException} when the trainer is stopped while they wait for the broker.
 */
interface Ownership extends AutoCloseable {

    /** Grows with each trainer that takes the experiment, from 1. */
    long attempt();

    /** Publishes all of the records or none, and waits for as long as the broker is away. */
    void publish(List<ProducerRecord<String, byte[]>> records);

    /**
     * Publishes where this attempt stands, and together with it how the experiment ended.
     *
     * @param step of the checkpoint that the attempt began with
     * @param outcome null unless the phase is {@link ExperimentAttempt.Phase#ENDED}
     */
    void note(ExperimentAttempt.Phase phase, long step, ExperimentStatus outcome);

    /** Returns when no later attempt has begun. */
    void check();

    @Override
    void close();

    /** The same right, which says while it waits for the broker that the run waits. */
    static Ownership saying(Ownership owned, WorkProgress progress) {
        return new Ownership() {
            @Override
            public long attempt() {
                return owned.attempt();
            }

            @Override
            public void publish(List<ProducerRecord<String, byte[]>> records) {
                progress.waitingFor(() -> owned.publish(records));
            }

            @Override
            public void note(ExperimentAttempt.Phase phase, long step, ExperimentStatus outcome) {
                progress.waitingFor(() -> owned.note(phase, step, outcome));
            }

            @Override
            public void check() {
                progress.waitingFor(owned::check);
            }

            @Override
            public void close() {
                owned.close();
            }
        };
    }
}
