package org.rtda.evaluator.context;

import java.util.concurrent.CompletionStage;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;

/** The messages that the evaluator publishes. Each stage ends when the broker has the message. */
public interface EvaluatorEvents {
    CompletionStage<Void> publish(RobustnessMetric metric);

    CompletionStage<Void> request(EvaluationTask task);

    CompletionStage<Void> request(EvaluationLane lane, AttackRequest request);
}
