package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;
import org.rtda.testkit.LocalStack;

class TopicAdminIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private final String broker = LocalStack.shared().bootstrapServers();

    @Test
    void everyTopicOfTheContractsIsThereAfterwards() throws Exception {
        TopicAdmin.ensure(broker, TIMEOUT);
        TopicAdmin.ensure(broker, TIMEOUT);

        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get())
                    .containsAll(
                            Arrays.stream(Topic.values()).map(Topic::topicName).toList());
        }
    }

    @Test
    void missingTopicsAreMadeSmallOnesGrowAndLargeOnesStay() throws Exception {
        String run = UUID.randomUUID().toString();
        TopicPlan.Wanted missing = new TopicPlan.Wanted("missing-" + run, 3, Map.of("retention.ms", "60000"));
        TopicPlan.Wanted small = new TopicPlan.Wanted("small-" + run, 5, Map.of());
        TopicPlan.Wanted large = new TopicPlan.Wanted("large-" + run, 2, Map.of());
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic(small.name(), Optional.of(1), Optional.empty()),
                            new NewTopic(large.name(), Optional.of(4), Optional.empty())))
                    .all()
                    .get();

            TopicAdmin.ensure(broker, TIMEOUT, List.of(missing, small, large), List.of());

            assertThat(partitions(admin, missing)).isEqualTo(3);
            assertThat(partitions(admin, small)).isEqualTo(5);
            assertThat(partitions(admin, large)).isEqualTo(4);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, missing.name());
            assertThat(admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("60000");
        }
    }

    @Test
    void severalServicesMayAskAtOnce() throws Exception {
        String run = UUID.randomUUID().toString();
        List<TopicPlan.Wanted> wanted = IntStream.range(0, 5)
                .mapToObj(i -> new TopicPlan.Wanted("at-once-" + i + "-" + run, 2, Map.of()))
                .toList();

        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> TopicAdmin.ensure(broker, TIMEOUT, wanted, List.of("workers-" + run))))
                        .toArray(CompletableFuture[]::new))
                .get();

        try (Admin admin = admin()) {
            for (TopicPlan.Wanted topic : wanted) {
                assertThat(partitions(admin, topic)).isEqualTo(2);
            }
        }
    }

    private static int partitions(Admin admin, TopicPlan.Wanted topic) throws Exception {
        return admin.describeTopics(List.of(topic.name()))
                .allTopicNames()
                .get()
                .get(topic.name())
                .partitions()
                .size();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker));
    }
}
