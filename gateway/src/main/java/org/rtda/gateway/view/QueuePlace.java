package org.rtda.gateway.view;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.ExperimentStatus;

/**
 * Where an experiment stands among those that no trainer has begun, by the time of their submission. Each trainer takes the
 * experiments of its own partitions of the topic, so one that was submitted later may be begun earlier.
 *
 * @param place from 1
 * @param waiting all that wait, this one included
 */
record QueuePlace(int place, int waiting) {

    /** By experiment. One that was asked to be cancelled does not wait any more. */
    static Map<String, QueuePlace> of(Collection<ExperimentView> experiments) {
        List<String> waiting = experiments.stream()
                .filter(view -> view.submit().isPresent()
                        && view.status().state() == ExperimentStatus.State.QUEUED
                        && !view.isCancelRequested())
                .sorted(Comparator.comparing((ExperimentView view) ->
                                view.submit().orElseThrow().time())
                        .thenComparing(ExperimentView::id))
                .map(ExperimentView::id)
                .toList();
        Map<String, QueuePlace> places = new HashMap<>();
        for (int i = 0; i < waiting.size(); i++) {
            places.put(waiting.get(i), new QueuePlace(i + 1, waiting.size()));
        }
        return places;
    }
}
