package org.rtda.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.benchmarks.readmodel.BulkPublisher;
import org.rtda.benchmarks.readmodel.PublishedExperiment;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.settings.Condition;
import org.rtda.messaging.EventRecords;

/**
 * Publishes one experiment after the other, several side by side, until it is closed: runs that change hands, records that come twice
 * or cannot be read, evaluations that end and that do not, and experiments that are cancelled, described and deleted.
 */
final class RestlessTopics implements AutoCloseable {
    private static final int SIDE_BY_SIDE = 8;
    private static final int STEPS = 60;
    private static final int FIRST_ATTEMPT = 40;
    private static final int SECOND_FROM = 31;
    private static final int TWICE = 9;
    private static final Instant TIME = Instant.parse("2026-02-01T00:00:00Z");

    private final BulkPublisher publisher;
    private final Random random;
    private final int recordsASecond;
    private final Thread thread = new Thread(this::publish, "restless-topics");
    private volatile boolean closing;
    private volatile RuntimeException failure;
    private long published;

    /** @param recordsASecond about so many */
    RestlessTopics(String bootstrapServers, long seed, int recordsASecond) {
        this.publisher = new BulkPublisher(bootstrapServers);
        this.random = new Random(seed);
        this.recordsASecond = recordsASecond;
        thread.start();
    }

    private void publish() {
        List<List<ProducerRecord<String, byte[]>>> open = new ArrayList<>();
        int next = 0;
        long begun = System.nanoTime();
        try {
            while (!closing || !open.isEmpty()) {
                while (open.size() < SIDE_BY_SIDE && !closing) {
                    open.add(new ArrayList<>(records(next++)));
                }
                List<ProducerRecord<String, byte[]>> one = open.get(random.nextInt(open.size()));
                ProducerRecord<String, byte[]> record = one.remove(0);
                open.removeIf(List::isEmpty);
                publisher.publish(record);
                published++;
                if (random.nextInt(TWICE) == 0) {
                    publisher.publish(record);
                    published++;
                }
                if (!closing) {
                    TimeUnit.NANOSECONDS.sleep(
                            begun + TimeUnit.SECONDS.toNanos(published) / recordsASecond - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Those of one key in the order in which they are published. */
    private static List<ProducerRecord<String, byte[]>> records(int number) {
        PublishedExperiment experiment = new PublishedExperiment(number, STEPS, PublishedExperiment.NOWHERE);
        List<ProducerRecord<String, byte[]>> all = new ArrayList<>();
        all.add(experiment.submit());
        all.add(experiment.status(1, State.RUNNING, 0));
        for (int step = 1; step <= FIRST_ATTEMPT; step++) {
            all.add(experiment.training(1, step));
        }
        all.add(unreadable(experiment));
        all.add(experiment.status(2, State.RUNNING, SECOND_FROM - 1));
        for (int step = SECOND_FROM; step <= STEPS; step++) {
            all.add(experiment.training(2, step));
        }
        // the first trainer did not know that it was overtaken
        all.add(experiment.status(1, State.RUNNING, FIRST_ATTEMPT));
        all.add(experiment.training(1, FIRST_ATTEMPT + 1));
        all.add(experiment.checkpoint(2));
        all.add(experiment.status(2, State.TRAINED, STEPS));
        if (number % 3 == 0) {
            all.add(experiment.described());
        }
        if (number % 4 == 0) {
            all.add(evaluationIsAskedFor(experiment));
        }
        all.add(experiment.planned(1));
        all.add(experiment.planned(2));
        for (Condition condition : PublishedExperiment.CONDITIONS) {
            all.add(experiment.measured(condition, null));
        }
        if (number % 5 != 0) {
            all.add(experiment.completed());
        }
        if (number % 6 == 0) {
            all.add(command(new ExperimentCommand.Cancel(
                    experiment.id() + "/cancel", TIME, Event.SCHEMA_VERSION, experiment.id(), List.of())));
        }
        if (number % 7 == 0) {
            all.add(command(new ExperimentCommand.Delete(
                    experiment.id() + "/delete", TIME, Event.SCHEMA_VERSION, experiment.id())));
        }
        return all;
    }

    private static ProducerRecord<String, byte[]> command(ExperimentCommand command) {
        return EventRecords.keyed(Topic.EXPERIMENTS, command.experimentId(), command);
    }

    private static ProducerRecord<String, byte[]> unreadable(PublishedExperiment experiment) {
        ProducerRecord<String, byte[]> readable = experiment.training(1, 1);
        return new ProducerRecord<>(
                readable.topic(),
                null,
                readable.key(),
                ("{\"step\":\"" + experiment.number()).getBytes(),
                readable.headers());
    }

    private static ProducerRecord<String, byte[]> evaluationIsAskedFor(PublishedExperiment experiment) {
        EvaluationCommand command = EvaluationCommand.builder()
                .id(experiment.id() + "/full")
                .time(TIME)
                .experimentId(experiment.id())
                .name("full")
                .checkpoint(EventCodec.read(experiment.checkpoint(2).value(), CheckpointSaved.class))
                .suite("full")
                .build();
        return EventRecords.keyed(Topic.EVALUATION_COMMANDS, experiment.id(), command);
    }

    /**
     * Publishes what is left of the experiments that it has begun.
     *
     * @return how many records there are in all
     */
    long finish() throws InterruptedException {
        closing = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        publisher.flush();
        return published;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        publisher.close();
    }
}
