package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.settings.Condition;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.testkit.LocalStack;

/**
 * The subscriber that others begin from, as a process of its own with the two libraries that its page names. On a broker of its own: what
 * is no message here would stop the readers of other tests.
 */
class MetricsSubscriberIT {

    private static RobustnessMetric.Measured measured(String id, Condition condition, double value) {
        return RobustnessMetric.Measured.builder()
                .id(id)
                .time(Instant.EPOCH)
                .experimentId("exp-subscribed")
                .evaluationId("exp-subscribed/epoch-00001")
                .epoch(1)
                .last(true)
                .condition(condition)
                .values(List.of(
                        new Figure(FigureNames.BALANCED_ACCURACY, value, value - 0.25, 1.0, 24, null),
                        new Figure(FigureNames.BRIER_SCORE, 0.1, 0.0, 0.2, 24, null)))
                .subject(new MetricSubject("busi", "rtda", "resnet8", 3, "l2", 0.5, "quick", null, condition.label()))
                .build();
    }

    @Test
    void eachFigureIsALineAndNoMessageIsPrintedTwice() throws Exception {
        try (LocalStack stack = LocalStack.start()) {
            requireLines(stack);
        }
    }

    private static void requireLines(LocalStack stack) throws Exception {
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
        try (Publisher publisher = new Publisher(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            RobustnessMetric.Measured clean = measured("m-1", Condition.clean("test"), 0.75);
            publisher.publishAndWait(EventRecords.keyed(Topic.ROBUSTNESS_METRICS, clean.evaluationId(), clean));
            publisher.publishAndWait(EventRecords.keyed(Topic.ROBUSTNESS_METRICS, clean.evaluationId(), clean));
            publisher.publishAndWait(new ProducerRecord<>(
                    Topic.ROBUSTNESS_METRICS.topicName(),
                    clean.evaluationId(),
                    "no JSON".getBytes(StandardCharsets.UTF_8)));
            RobustnessMetric.Measured noise = measured("m-2", Condition.corruption("gaussian-noise", 3, "test"), 0.5);
            publisher.publishAndWait(EventRecords.keyed(Topic.ROBUSTNESS_METRICS, noise.evaluationId(), noise));
        }

        Process subscriber = start(stack.bootstrapServers());
        try {
            assertThat(firstLines(subscriber, 2))
                    .containsExactly(
                            "exp-subscribed (rtda on busi, seed 3) clean: balanced-accuracy 0.75 [0.5, 1.0], 24 images",
                            "exp-subscribed (rtda on busi, seed 3) gaussian-noise@3: balanced-accuracy 0.5 [0.25, 1.0], 24 images");
        } finally {
            subscriber.destroyForcibly();
        }
    }

    private static Process start(String broker) throws IOException {
        Path source = Path.of(System.getProperty("rtda.root"), "clients", "java", "MetricsSubscriber.java");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        source.toString(),
                        broker)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> firstLines(Process subscriber, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = subscriber.inputReader();
        while (lines.size() < count) {
            lines.add(output.readLine());
        }
        return lines;
    }
}
