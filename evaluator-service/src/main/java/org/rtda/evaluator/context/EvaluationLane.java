package org.rtda.evaluator.context;

import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.Topic;

/**
 * The priority of a task and of its adversarial images: an earlier lane goes first. Each lane has topics of its own, so that
 * experiments' own evaluations never wait behind named ones.
 */
public enum EvaluationLane {
    /** What experiments' own settings ask for, quick and final ones. */
    OWN(Topic.EVALUATION_REQUESTS, Topic.EVALUATION_ATTACK_REQUESTS),
    /** What somebody asked for by name. */
    NAMED(Topic.NAMED_EVALUATION_REQUESTS, Topic.NAMED_EVALUATION_ATTACK_REQUESTS);

    private final Topic tasks;
    private final Topic attackRequests;

    EvaluationLane(Topic tasks, Topic attackRequests) {
        this.tasks = tasks;
        this.attackRequests = attackRequests;
    }

    public static EvaluationLane of(EvaluationTask task) {
        return EvaluationIds.isNamed(task) ? NAMED : OWN;
    }

    public Topic tasks() {
        return tasks;
    }

    public Topic attackRequests() {
        return attackRequests;
    }
}
