package org.rtda.evaluator.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.messaging.RefusedRecord;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

class AttackClientTest {
    private static final ImageBatch IMAGES = new ImageBatch(1, 1, 1, 2, new float[] {0.25f, 0.75f});
    private static final long[] SHAPE = {1, 1, 1, 2};
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Payloads throughTheStore = new Payloads(store, 0);
    private final RecordedEvents events = new RecordedEvents();

    private AttackClient desk(Duration patience) {
        return desk(patience, System::nanoTime);
    }

    private AttackClient desk(Duration patience, LongSupplier nanoTime) {
        return desk(patience, Optional.empty(), nanoTime);
    }

    private AttackClient desk(Duration silence, Optional<Duration> longest, LongSupplier nanoTime) {
        return new AttackClient(
                events,
                throughTheStore,
                new AttackTimeouts(silence, 3, longest),
                new WorkProgress(nanoTime),
                Runnable::run,
                nanoTime);
    }

    private static AttackRequest request(String id) {
        return request(id, 0, 0);
    }

    private static AttackRequest request(String id, long step, int shard) {
        return request(id, step, shard, null);
    }

    private static AttackRequest request(String id, long step, int shard, Payload base) {
        return AttackRequest.builder()
                .id(id)
                .time(EvaluatorFixtures.NOW)
                .experimentId("exp")
                .replyTo("judge-1")
                .attempt(1)
                .step(step)
                .view("epoch-00001-pgd-l2-10@0.5")
                .shard(shard)
                .images(new ImageSource(
                        new DatasetRef("data", EvaluatorFixtures.ref("datasets/data/manifest.json")),
                        "test",
                        new int[] {0},
                        PreAugmentation.NONE,
                        1,
                        0))
                .base(base)
                .network("resnet8")
                .weights(EvaluatorFixtures.weights("exp"))
                .attack(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.5)
                        .steps(10)
                        .build())
                .seed(1)
                .build();
    }

    private BatchAnswer ready(String id) {
        return new BatchAnswer.Ready(
                id,
                EvaluatorFixtures.NOW,
                1,
                "exp",
                "judge-1",
                1,
                "attacker",
                throughTheStore.write(id, IMAGES),
                1,
                10,
                null);
    }

    private boolean stored(String id) {
        return store.find(ObjectKeys.payload(id)).isPresent();
    }

    @Test
    void anAnswerReachesWhoWaitsAndItsObjectIsRemovedAfterUse() throws Exception {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked first = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE);
                AdversarialImages.Asked second = desk.ask(EvaluationLane.OWN, request("exp/b"), SHAPE)) {
            desk.answered(ready("exp/b"));
            desk.answered(ready("exp/a"));

            assertThat(first.await().images()).isEqualTo(IMAGES);
            assertThat(second.await().images()).isEqualTo(IMAGES);
            assertThat(stored("exp/a")).isTrue();
        }
        assertThat(stored("exp/a")).isFalse();
        assertThat(stored("exp/b")).isFalse();
        assertThat(events.attackRequests).hasSize(2);
    }

    /** It would be asked again for ever. */
    @Test
    void aRequestThatTheBrokerNeverTakesFailsItsConditionAtOnce() {
        events.onAttackRequested = request -> CompletableFuture.failedFuture(
                EvaluatorFailure.ATTACK_NOT_ASKED.with(request.id(), "it is larger than the topic takes"));
        AttackClient desk = desk(LONG);

        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            assertThatThrownBy(asked::await)
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessageContaining("it is larger than the topic takes");
        }
        assertThat(events.attackRequests).hasSize(1);
    }

    @Test
    void aLostAnswerIsAskedForAgain() throws Exception {
        AttackClient desk = desk(SHORT);
        AtomicInteger sent = new AtomicInteger();
        events.onAttackRequest = request -> {
            if (sent.incrementAndGet() == 3) {
                desk.answered(ready(request.id()));
            }
        };

        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            assertThat(asked.await().images()).isEqualTo(IMAGES);
        }
        assertThat(events.attackRequests).hasSize(3).allMatch(r -> r.id().equals("exp/a"));
    }

    /** The broker, the store or all attackers are away: each look at the clock finds it a patience later. */
    @Test
    void silenceIsWaitedForHoweverLongAndAskedIntoMoreAndMoreRarely() throws Exception {
        AtomicLong clock = new AtomicLong();
        List<Long> sentAt = new ArrayList<>();
        AttackClient desk = desk(SHORT, () -> clock.addAndGet(SHORT.toNanos() / 4));
        events.onAttackRequest = request -> {
            sentAt.add(clock.get());
            if (sentAt.size() == 9) {
                desk.answered(ready(request.id()));
            }
        };

        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            assertThat(asked.await().images()).isEqualTo(IMAGES);
        }
        for (int again = 1; again < sentAt.size(); again++) {
            long atLeast = Math.min(1L << (again - 1), AttackClient.BUSY_FACTOR) * SHORT.toNanos();
            assertThat(sentAt.get(again) - sentAt.get(again - 1))
                    .as("before sending the " + (again + 1) + "th time")
                    .isGreaterThanOrEqualTo(atLeast);
        }
    }

    @Test
    void whoeverSetsALongestWaitHasTheConditionFailAfterIt() {
        AtomicLong clock = new AtomicLong();
        AttackClient desk =
                desk(SHORT, Optional.of(Duration.ofMillis(100)), () -> clock.addAndGet(SHORT.toNanos() / 4));

        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            assertThatThrownBy(asked::await)
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessage("attack-service did not answer exp/a within PT0.1S"
                            + " (rtda.evaluator.attack-answer-patience): is it running?");
        }
    }

    @Test
    void aRequestThatNoAttackerCanReadIsRefusedWithTheReasonOfItsDeadLetter() {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.NAMED, request("exp/a"), SHAPE)) {
            desk.refused(letter("named-evaluation-attack-requests", "exp/b", request("exp/b")));
            desk.refused(letter("named-evaluation-attack-requests", "exp/a", request("exp/a")));

            assertThatThrownBy(asked::await)
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessage("attack-service refused exp/a: not a valid AttackRequest: network was \"resnet9\"");
        }
    }

    /** Ids of requests can be guessed, and every service may write letters. */
    @Test
    void aLetterThatWasNotMadeOfTheRequestFailsNoCondition() throws Exception {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.NAMED, request("exp/a"), SHAPE)) {
            desk.refused(letter("evaluation-attack-requests", "exp/a", request("exp/a")));
            desk.refused(letter("named-evaluation-attack-requests", "exp/a", request("exp/a", 1, 0)));
            desk.refused(new RefusedRecord("named-evaluation-attack-requests", "exp/a", "exp", null, "no sum"));
            desk.answered(ready("exp/a"));

            assertThat(asked.await().images()).isEqualTo(IMAGES);
        }
    }

    private static RefusedRecord letter(String topic, String key, AttackRequest request) {
        return new RefusedRecord(
                topic,
                key,
                "exp",
                Sha256.hex(EventCodec.write(request)),
                "not a valid AttackRequest: network was \"resnet9\"");
    }

    @Test
    void attackersThatAnswerOthersAreWaitedForHoweverLongAndAskedAgainMoreAndMoreRarely() throws Exception {
        AtomicLong clock = new AtomicLong();
        AttackClient desk = desk(SHORT, clock::get);
        List<Long> sentAt = new CopyOnWriteArrayList<>();
        // more often than silence would allow
        events.onAttackRequest = request -> {
            sentAt.add(clock.get());
            if (sentAt.size() == 5) {
                desk.answered(ready(request.id()));
            }
        };
        AtomicBoolean over = new AtomicBoolean();
        Thread others = new Thread(() -> {
            while (!over.get()) {
                // never quiet for longer than half of the patience
                desk.heard();
                clock.addAndGet(SHORT.toNanos() / 2);
                Thread.onSpinWait();
            }
        });
        others.start();
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.NAMED, request("exp/a"), SHAPE)) {
            assertThat(asked.await().images()).isEqualTo(IMAGES);
        } finally {
            over.set(true);
            others.join();
        }
        assertThat(sentAt).hasSize(5);
        for (int again = 1; again < 5; again++) {
            // 200, 400, 800 and 1600 ms at a patience of 20 ms
            assertThat(Duration.ofNanos(sentAt.get(again) - sentAt.get(again - 1)))
                    .isGreaterThanOrEqualTo(SHORT.multipliedBy(10L << (again - 1)));
        }
    }

    /** Else one that hangs would seem to live for as long as attackers answer anybody. */
    @Test
    void aWaitForAttackersIsNoStallAndTheirAnswersAreNoSignOfLifeOfWhoComputes() throws Exception {
        AtomicLong clock = new AtomicLong();
        WorkProgress progress = new WorkProgress(clock::get);
        AttackClient desk = new AttackClient(
                events,
                throughTheStore,
                new AttackTimeouts(LONG, 3, Optional.empty()),
                progress,
                Runnable::run,
                System::nanoTime);
        List<Duration> alone = new CopyOnWriteArrayList<>();
        progress.taskBegan();
        clock.set(Duration.ofMinutes(20).toNanos());
        desk.heard();
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofMinutes(20));

        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            Thread attacker = new Thread(() -> {
                // the wait has begun when nothing stalls any more
                while (!progress.stalledFor().isZero()) {
                    Thread.onSpinWait();
                }
                clock.set(Duration.ofMinutes(50).toNanos());
                alone.add(progress.stalledFor());
                desk.answered(ready("exp/a"));
            });
            attacker.start();
            asked.await();
            attacker.join();
        }
        assertThat(alone).containsExactly(Duration.ZERO);
        clock.set(Duration.ofMinutes(53).toNanos());
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void anAttackOfManyStepsIsWaitedForLonger() {
        AttackSettings restarted = AttackSettings.builder()
                .name("pgd-l2")
                .epsilon(0.5)
                .steps(40)
                .randomStart(true)
                .restarts(5)
                .build();
        AttackSettings queried = AttackSettings.builder()
                .name("square")
                .epsilon(0.5)
                .steps(5000)
                .norm("l2")
                .build();

        assertThat(AttackClient.usualAttacks(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.5)
                        .steps(10)
                        .build()))
                .isEqualTo(1);
        assertThat(AttackClient.usualAttacks(AttackSettings.of("apgd-ce", "l2", 0.5)))
                .isEqualTo(1);
        assertThat(AttackClient.usualAttacks(restarted)).isEqualTo(2);
        assertThat(AttackClient.usualAttacks(queried)).isEqualTo(50);
    }

    private static BatchAnswer.Failed missing(String id, String object) {
        return new BatchAnswer.Failed(
                id,
                EvaluatorFixtures.NOW,
                1,
                "exp",
                "judge-1",
                1,
                "attacker",
                "object " + object + " is missing",
                object);
    }

    @Test
    void imagesToStartFromThatAreGoneAreToldApartFromOtherObjects() {
        AttackClient desk = desk(LONG);
        Payload base = throughTheStore.write("exp/base", IMAGES);
        String key = base.object().key();
        try (AdversarialImages.Asked first = desk.ask(EvaluationLane.OWN, request("exp/a", 0, 0, base), SHAPE);
                AdversarialImages.Asked second = desk.ask(EvaluationLane.OWN, request("exp/b", 0, 0, base), SHAPE)) {
            desk.answered(missing("exp/a", key));
            desk.answered(missing("exp/b", "weights"));

            assertThatThrownBy(first::await)
                    .isInstanceOf(LostBaseException.class)
                    .hasMessage("object " + key + " is missing");
            assertThatThrownBy(second::await).isInstanceOf(ConditionFailedException.class);
        }
    }

    @Test
    void aRefusalIsPassedOnWithItsReason() {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            desk.answered(missing("exp/a", "weights"));

            assertThatThrownBy(asked::await)
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessage("attack-service refused exp/a: object weights is missing");
        }
    }

    @Test
    void anAnswerWhoseObjectIsGoneIsAskedForAgain() throws Exception {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            BatchAnswer taken = ready("exp/a");
            store.delete(ObjectKeys.payload("exp/a"));
            desk.answered(taken);
            events.onAttackRequest = request -> desk.answered(ready(request.id()));

            assertThat(asked.await().images()).isEqualTo(IMAGES);
        }
        assertThat(events.attackRequests).hasSize(2);
    }

    @Test
    void anAnswerWhoseObjectWasAlteredIsAskedForAgainAndEndsWithTheReasonAfterThreeTimes() throws Exception {
        AttackClient desk = desk(LONG);
        BatchAnswer altered = ready("exp/a");
        store.put(ObjectKeys.payload("exp/a"), new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
        events.onAttackRequest = request -> desk.answered(altered);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            assertThatThrownBy(asked::await)
                    .isInstanceOf(ArtifactCorruptException.class)
                    .hasMessageContaining("transient/exp/a.f32");
        }
        assertThat(events.attackRequests).hasSize(3);
    }

    @Test
    void aDuplicateThatComesLateLeavesNothingInTheStore() throws Exception {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE)) {
            desk.answered(ready("exp/a"));
            desk.answered(ready("exp/a"));
            assertThat(asked.await().images()).isEqualTo(IMAGES);
        }
        desk.answered(ready("exp/a"));

        assertThat(stored("exp/a")).isFalse();
    }

    @Test
    void nothingIsRemovedForAnAnswerThatNobodyAskedFor() {
        AttackClient desk = desk(LONG);
        desk.answered(ready("exp/of-another"));

        assertThat(stored("exp/of-another")).isTrue();
    }

    @Test
    void imagesOfAnotherShapeAreRefusedBeforeTheyAreRead() {
        AttackClient desk = desk(LONG);
        try (AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), new long[] {2, 1, 1, 2})) {
            BatchAnswer wrong = ready("exp/a");
            store.delete(ObjectKeys.payload("exp/a"));
            desk.answered(wrong);

            assertThatThrownBy(asked::await)
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessage("attack-service answered exp/a with images of shape [1, 1, 1, 2], wanted [2, 1, 1, 2]");
        }
    }

    @Test
    void whatWasAskedAndIsNoLongerWantedIsRemoved() {
        AttackClient desk = desk(LONG);
        AdversarialImages.Asked asked = desk.ask(EvaluationLane.OWN, request("exp/a"), SHAPE);
        desk.answered(ready("exp/a"));
        asked.close();

        assertThat(stored("exp/a")).isFalse();
    }
}
