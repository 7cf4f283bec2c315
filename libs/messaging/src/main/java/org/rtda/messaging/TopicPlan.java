package org.rtda.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.Topic;

/**
 * What is to be done to the broker's topics.
 *
 * @param create topics that are missing
 * @param extend topics that have fewer partitions than wanted
 */
record TopicPlan(List<Wanted> create, List<Wanted> extend) {

    /** A topic as the contracts want it. */
    record Wanted(String name, int partitions, Map<String, String> settings) {
        static Wanted of(Topic topic) {
            return new Wanted(topic.topicName(), topic.partitions(), topic.settings());
        }
    }

    boolean isEmpty() {
        return create.isEmpty() && extend.isEmpty();
    }

    /** @param present partitions of the topics that are there, by name */
    static TopicPlan of(List<Wanted> wanted, Map<String, Integer> present) {
        List<Wanted> create = new ArrayList<>();
        List<Wanted> extend = new ArrayList<>();
        for (Wanted topic : wanted) {
            Integer partitions = present.get(topic.name());
            if (partitions == null) {
                create.add(topic);
            } else if (partitions < topic.partitions()) {
                extend.add(topic);
            }
        }
        return new TopicPlan(List.copyOf(create), List.copyOf(extend));
    }
}
