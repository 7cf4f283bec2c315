package org.rtda.attack;

import org.rtda.contracts.Topic;

/** Where requests come from; those of an earlier lane are served first. */
enum AttackLane {
    /** A training step waits for its attacks. */
    TRAINING("training", Topic.ATTACK_REQUESTS),
    /** What experiments' own settings ask for: figures that somebody follows while the training runs. */
    EVALUATION("evaluation", Topic.EVALUATION_ATTACK_REQUESTS),
    /** What somebody asked for by name has time. */
    NAMED_EVALUATION("named-evaluation", Topic.NAMED_EVALUATION_ATTACK_REQUESTS);

    private final String label;
    private final Topic topic;

    AttackLane(String label, Topic topic) {
        this.label = label;
        this.topic = topic;
    }

    /** As meters have it. */
    String label() {
        return label;
    }

    Topic topic() {
        return topic;
    }
}
