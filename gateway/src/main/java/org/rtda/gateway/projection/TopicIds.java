package org.rtda.gateway.projection;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.rtda.contracts.Topic;

/** The ids of topics as they are: a topic that is deleted and made anew has another one, and its offsets begin again. */
public final class TopicIds {
    private TopicIds() {}

    /**
     * @return by name
     * @throws KafkaException when the broker does not say
     */
    public static Map<String, String> of(Admin admin, Collection<Topic> topics) {
        Collection<String> names = topics.stream().map(Topic::topicName).toList();
        try {
            return admin.describeTopics(names).allTopicNames().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            topic -> topic.getValue().topicId().toString()));
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
