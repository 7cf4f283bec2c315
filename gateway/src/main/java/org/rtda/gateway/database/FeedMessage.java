package org.rtda.gateway.database;

import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.view.ExperimentEnd;

/**
 * A message to a reader of an experiment's event stream.
 *
 * @param event null in the last message
 * @param end only in the last message: nothing more will come
 * @param place where the reader may go on after this message; null while it must begin anew
 */
public record FeedMessage(Event event, ExperimentEnd end, String place) {
    static FeedMessage of(Event event) {
        return new FeedMessage(event, null, null);
    }

    FeedMessage at(StreamPlace reached) {
        return new FeedMessage(event, end, reached.toString());
    }

    public boolean isEnd() {
        return end != null;
    }

    /** The type of a server-sent event. */
    public String type() {
        if (isEnd()) {
            return "end";
        }
        if (event instanceof TrainingMetric) {
            return "training";
        }
        return event instanceof RobustnessMetric ? "robustness" : "status";
    }

    /** What is sent as JSON. */
    public Object content() {
        return isEnd() ? end : event;
    }
}
