package org.rtda.faults;

import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.contracts.Topic;

/**
 * The moment of a fault, as a number of steps or figures and not of seconds, so that it can be repeated.
 *
 * @param topic {@link Topic#TRAINING_METRICS} or {@link Topic#ROBUSTNESS_METRICS}
 * @param count of the experiments' different steps or figures on it
 */
record Moment(Topic topic, int count) {
    Moment {
        if (topic != Topic.TRAINING_METRICS && topic != Topic.ROBUSTNESS_METRICS) {
            throw new IllegalArgumentException("a moment is counted in training or robustness metrics, was " + topic);
        }
    }

    /**
     * One of the moments at which something has been said and something is still to be said, each as likely.
     *
     * @param total that an undisturbed run says, at least 2
     */
    static Moment draw(UniformRandomProvider random, Topic topic, int total) {
        return new Moment(topic, 1 + random.nextInt(total - 1));
    }

    @Override
    public String toString() {
        return "after " + count + (count == 1 ? " record" : " records") + " on " + topic.topicName();
    }
}
