package org.rtda.benchmarks.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;

class PublishedExperimentTest {
    private static ExperimentSpec spec(int number) {
        ExperimentCommand command = EventCodec.read(
                new PublishedExperiment(number, 3, PublishedExperiment.NOWHERE)
                        .submit()
                        .value(),
                ExperimentCommand.class);
        return ((ExperimentCommand.Submit) command).spec();
    }

    @Test
    void hasTwoHundredFiguresUnderDifferentLabels() {
        List<ProducerRecord<String, byte[]>> all =
                new PublishedExperiment(7, 3, PublishedExperiment.NOWHERE).whole(condition -> null);
        List<RobustnessMetric.Measured> measured = new ArrayList<>();
        for (ProducerRecord<String, byte[]> one : all) {
            if (one.topic().equals(Topic.ROBUSTNESS_METRICS.topicName())
                    && EventCodec.read(one.value(), RobustnessMetric.class)
                            instanceof RobustnessMetric.Measured found) {
                measured.add(found);
            }
        }

        assertThat(measured.stream().mapToInt(found -> found.values().size()).sum())
                .isEqualTo(200);
        assertThat(measured.stream().map(found -> found.condition().label()))
                .doesNotHaveDuplicates()
                .hasSize(25);
        // submitted, described, two statuses, three steps, a checkpoint, a plan, 25 conditions, the end
        assertThat(all).hasSize(1 + 1 + 2 + 3 + 1 + 1 + 25 + 1);
    }

    @Test
    void everyMessageHasTheIdOfItsExperiment() {
        for (ProducerRecord<String, byte[]> one :
                new PublishedExperiment(4095, 3, PublishedExperiment.NOWHERE).whole(condition -> null)) {
            Topic topic = List.of(Topic.values()).stream()
                    .filter(each -> each.topicName().equals(one.topic()))
                    .findFirst()
                    .orElseThrow();
            assertThat(((Event) EventCodec.read(one.value(), topic.messageType())).experimentId())
                    .isEqualTo("exp-000000000fff");
        }
    }

    @Test
    void twentyInARowShareADataSetAndNoTwoAreTheSameRun() {
        Set<String> first = Set.copyOf(IntStream.range(0, 20)
                .mapToObj(number -> spec(number).dataset())
                .toList());
        assertThat(first).containsExactly("set-0");
        assertThat(spec(20).dataset()).isEqualTo("set-1");
        assertThat(spec(500).dataset()).isEqualTo("set-0");
        assertThat(IntStream.range(0, 1000).mapToObj(PublishedExperimentTest::spec))
                .doesNotHaveDuplicates();
    }
}
