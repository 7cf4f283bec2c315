package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.messaging.TopicFollower;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.testkit.LocalStack;
import org.rtda.trainer.telemetry.TrainerMeters;

/** Who owns an experiment, on a real broker. */
class KafkaOwnershipIT {
    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
    private final String experiment = "owned-" + UUID.randomUUID();
    private final Queue<ExperimentStatus> statuses = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TopicFollower statusFollower;

    @BeforeEach
    void prepare() {
        TopicAdmin.ensure(LocalStack.shared().bootstrapServers(), Duration.ofSeconds(30));
        statusFollower = TopicFollower.fromBeginning(kafka, Topic.EXPERIMENT_STATUS, received -> {
            ExperimentStatus status = EventCodec.read(received.value(), ExperimentStatus.class);
            if (status.experimentId().equals(experiment)) {
                statuses.add(status);
            }
        });
        open.add(statusFollower);
    }

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    /** One process of its own, as far as Kafka can tell. */
    private final class Trainer {
        private final String name;
        private final Attempts attempts = new Attempts();
        private final TopicFollower follower =
                TopicFollower.fromBeginning(kafka, Topic.EXPERIMENT_ATTEMPTS, attempts::receive);
        private final Publisher publisher = new Publisher(kafka);

        private Trainer(String name) {
            this.name = name;
            open.add(follower);
            open.add(publisher);
        }

        private Ownership claim(long atLeast) {
            Ownership owned = new KafkaOwnership(
                    kafka, publisher, attempts, follower, experiment, name, atLeast, 0, new RunControl());
            open.add(owned);
            return owned;
        }

        private boolean endWaiting() {
            return KafkaOwnership.endWaiting(
                    kafka,
                    publisher,
                    attempts,
                    follower,
                    experiment,
                    name,
                    new RunControl(),
                    attempt -> status(attempt, State.FAILED));
        }

        private ExperimentStatus status(long attempt, State state) {
            return ExperimentStatus.builder()
                    .id(experiment + "/" + attempt + "/" + state)
                    .time(Instant.now())
                    .experimentId(experiment)
                    .attempt(attempt)
                    .state(state)
                    .step(1)
                    .totalSteps(2)
                    .epoch(0)
                    .trainer(name)
                    .device("cpu")
                    .objective("CE")
                    .build();
        }

        private void say(Ownership owned, State state) {
            owned.publish(
                    List.of(EventRecords.keyed(Topic.EXPERIMENT_STATUS, experiment, status(owned.attempt(), state))));
        }
    }

    @Test
    void eachTrainerThatTakesAnExperimentHasAHigherAttempt() {
        Ownership first = new Trainer("a").claim(0);
        Ownership second = new Trainer("b").claim(0);

        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
    }

    @Test
    void anAttemptThatIsKnownFromACheckpointIsPassed() {
        assertThat(new Trainer("a").claim(17).attempt()).isEqualTo(18);
    }

    /** The one that went on after a long pause believes that it still owns the run. */
    @Test
    void nothingOfATrainerThatWasOvertakenIsEverRead() throws Exception {
        Trainer paused = new Trainer("paused");
        Ownership first = paused.claim(0);
        paused.say(first, State.RUNNING);
        Trainer successor = new Trainer("successor");
        Ownership second = successor.claim(0);

        assertThatThrownBy(() -> paused.say(first, State.FAILED)).isInstanceOf(OwnershipLostException.class);
        assertThatThrownBy(first::check).isInstanceOf(OwnershipLostException.class);
        second.check();
        successor.say(second, State.RUNNING);

        statusFollower.awaitCaughtUp();
        assertThat(statuses).extracting(ExperimentStatus::trainer).containsExactly("paused", "successor");
    }

    @Test
    void theEndAndTheStatusThatTellsItAreOneThing() throws Exception {
        Trainer trainer = new Trainer("a");
        Ownership owned = trainer.claim(0);
        owned.note(Phase.ENDED, 0, trainer.status(1, State.TRAINED));

        Trainer another = new Trainer("b");
        another.claim(0);
        assertThat(another.attempts.ended(experiment).orElseThrow().outcome().state())
                .isEqualTo(State.TRAINED);
        statusFollower.awaitCaughtUp();
        assertThat(statuses).extracting(ExperimentStatus::state).containsExactly(State.TRAINED);
    }

    /** However they race, the one whose attempt is highest owns the run, and attempts are never given twice. */
    @Test
    void ofTrainersThatTakeAnExperimentAtOnceOneIsLeft() throws Exception {
        int trainers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(trainers);
        try {
            List<Future<Ownership>> claims = new ArrayList<>();
            for (int each = 0; each < trainers; each++) {
                Trainer trainer = new Trainer("t" + each);
                claims.add(threads.submit(() -> trainer.claim(0)));
            }
            List<Ownership> begun = new ArrayList<>();
            for (Future<Ownership> claim : claims) {
                begun.add(claim.get());
            }
            assertThat(begun).extracting(Ownership::attempt).doesNotHaveDuplicates();
            long highest = begun.stream().mapToLong(Ownership::attempt).max().orElseThrow();
            for (Ownership each : begun) {
                if (each.attempt() == highest) {
                    each.check();
                } else {
                    assertThatThrownBy(each::check).isInstanceOf(OwnershipLostException.class);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The cancel came when nobody could hear it any more, and nobody else is free to take the run up. */
    @Test
    void aRunWhoseTrainerHasDiedIsCancelledOnceByWhoeverIsGivenTheCancel() throws Exception {
        Trainer dead = new Trainer("dead");
        Ownership first = dead.claim(0);
        dead.say(first, State.RUNNING);
        Trainer alive = new Trainer("alive");
        CancelQueued canceller = new CancelQueued(
                new Untrained(),
                new InMemoryArtifactStore(),
                alive.attempts,
                (id, atLeast, step, control) -> alive.claim(atLeast),
                "alive",
                new TrainerMeters(new SimpleMeterRegistry(), System::nanoTime),
                Duration.ZERO);

        alive.follower.awaitCaughtUp();
        canceller.cancel(experiment, new RunControl());
        canceller.cancel(experiment, new RunControl());

        assertThatThrownBy(() -> dead.say(first, State.TRAINED)).isInstanceOf(OwnershipLostException.class);
        statusFollower.awaitCaughtUp();
        assertThat(statuses).extracting(ExperimentStatus::state).containsExactly(State.RUNNING, State.CANCELLED);
        Trainer next = new Trainer("next");
        next.follower.awaitCaughtUp();
        assertThat(next.attempts.ended(experiment).orElseThrow().outcome().state())
                .as("what a trainer finds that takes the command to train")
                .isEqualTo(State.CANCELLED);
    }

    /** Of a run whose command no trainer can read. */
    @Test
    void aRunThatNoTrainerHasIsEndedOnceWithItsStatus() throws Exception {
        for (String name : List.of("a", "b")) {
            Trainer trainer = new Trainer(name);
            trainer.follower.awaitCaughtUp();
            assertThat(trainer.endWaiting()).isEqualTo(name.equals("a"));
        }

        statusFollower.awaitCaughtUp();
        assertThat(statuses).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.attempt()).isEqualTo(1);
        });
    }

    @Test
    void aRunThatATrainerHasIsNotEndedByAnotherAndGoesOn() throws Exception {
        Trainer owner = new Trainer("owner");
        Ownership owned = owner.claim(0);

        assertThat(new Trainer("another").endWaiting()).isFalse();
        owned.check();
        owner.say(owned, State.RUNNING);

        statusFollower.awaitCaughtUp();
        assertThat(statuses).extracting(ExperimentStatus::state).containsExactly(State.RUNNING);
    }

    private static final class Untrained implements Training {
        @Override
        public CheckpointSaved run(ExperimentCommand.Submit submitted, long attempt, RunControl control) {
            throw new AssertionError("nobody was to train");
        }

        @Override
        public Optional<CheckpointSaved> latest(String experimentId) {
            return Optional.empty();
        }

        @Override
        public Optional<ExperimentStatus> lastTold(String experimentId) {
            return Optional.empty();
        }

        @Override
        public String deviceName() {
            return "cpu";
        }
    }

    @Test
    void whoWasOvertakenSaysSoUnderItsOwnAttempt() throws Exception {
        Trainer first = new Trainer("a");
        Ownership owned = first.claim(0);
        Trainer second = new Trainer("b");
        second.claim(0);
        assertThatThrownBy(owned::check).isInstanceOf(OwnershipLostException.class);
        first.publisher.publishAndWait(
                EventRecords.keyed(Topic.EXPERIMENT_STATUS, "another", first.status(1, State.RUNNING)));

        second.follower.awaitCaughtUp();
        assertThat(second.attempts.of(experiment))
                .extracting(ExperimentAttempt::phase)
                .containsExactly(Phase.OVERTAKEN, Phase.BEGUN);
    }

    /** It would be sent for ever, and the run would neither go on nor end. */
    @Test
    void whatIsTooLargeForTheBrokerFailsAtOnceAndTheRightGoesOn() throws Exception {
        Trainer trainer = new Trainer("a");
        Ownership owned = trainer.claim(0);

        assertThatThrownBy(() -> owned.publish(List.of(
                        new ProducerRecord<>(Topic.EXPERIMENT_STATUS.topicName(), experiment, new byte[3_000_000]))))
                .isInstanceOf(RecordTooLargeException.class);

        trainer.say(owned, State.RUNNING);
        statusFollower.awaitCaughtUp();
        assertThat(statuses).extracting(ExperimentStatus::state).containsExactly(State.RUNNING);
    }
}
