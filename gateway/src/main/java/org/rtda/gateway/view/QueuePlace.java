package org.rtda.gateway.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an experiment stands among those that no trainer has begun, by the time of their submission, or an evaluation among those
 * of its kind that no evaluator has begun. A record that a worker gave back is delivered again later, so the real order can
 * differ a little.
 *
 * @param place from 1
 * @param waiting all that wait, this one included
 */
public record QueuePlace(int place, int waiting) {

    /** By id. */
    public static Map<String, QueuePlace> of(List<String> waiting) {
        Map<String, QueuePlace> places = new HashMap<>();
        for (int i = 0; i < waiting.size(); i++) {
            places.put(waiting.get(i), new QueuePlace(i + 1, waiting.size()));
        }
        return places;
    }
}
