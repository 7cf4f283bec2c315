package org.rtda.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;

/** Records as services write them, with the fields that matter here. */
final class Said {
    private Said() {}

    static Watch.Seen step(String experiment, long attempt, long step, double loss) {
        return seen(Topic.TRAINING_METRICS, """
                {"id":"%1$s/%2$d/step/%3$d","time":"t%2$d","experimentId":"%1$s","attempt":%2$d,"step":%3$d,"loss":%4$s,
                "stepMillis":%2$d1,"waitMillis":%2$d2}""".formatted(experiment, attempt, step, loss));
    }

    static Watch.Seen checkpoint(String experiment, boolean last, String sha256) {
        return seen(Topic.CHECKPOINTS, """
                {"experimentId":"%s","last":%s,"weights":{"key":"k","sha256":"%s"}}""".formatted(experiment, last, sha256));
    }

    static Watch.Seen status(String experiment, String state, String reason) {
        return seen(Topic.EXPERIMENT_STATUS, """
                {"experimentId":"%s","state":"%s","reason":%s}""".formatted(
                        experiment, state, reason == null ? null : "\"" + reason + "\""));
    }

    static Watch.Seen planned(String experiment) {
        return figure(experiment, "planned", "planned", "\"suite\":\"quick\"");
    }

    static Watch.Seen completed(String experiment) {
        return figure(experiment, "completed", "completed", "\"measured\":1");
    }

    static Watch.Seen measured(String experiment, double value) {
        return measured(experiment, "clean/result", value);
    }

    /** @param id after the evaluation's */
    static Watch.Seen measured(String experiment, String id, double value) {
        return figure(
                experiment,
                "measured",
                id,
                "\"condition\":{\"kind\":\"clean\"},\"predictions\":{\"key\":\"" + experiment + "/p\",\"sha256\":\"of "
                        + experiment + "\",\"sizeBytes\":1},\"value\":" + value);
    }

    private static Watch.Seen figure(String experiment, String type, String id, String more) {
        return seen(Topic.ROBUSTNESS_METRICS, """
                {"type":"%2$s","id":"%1$s/epoch-00001/%3$s","time":"of %1$s","experimentId":"%1$s",
                "evaluationId":"%1$s/epoch-00001",%4$s}""".formatted(experiment, type, id, more));
    }

    private static Watch.Seen seen(Topic topic, String json) {
        try {
            return new Watch.Seen(topic, "key", EventCodec.mapper().readTree(json), 0);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
