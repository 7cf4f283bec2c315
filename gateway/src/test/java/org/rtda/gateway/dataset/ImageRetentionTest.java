package org.rtda.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.InMemoryArtifactStore;

class ImageRetentionTest {
    private static final String OWN = "exp/epoch-00010";
    private static final String NAMED = "exp/epoch-00010/full";
    private static final Condition CLEAN = Condition.clean("test");
    private static final Instant END = Instant.parse("2026-03-01T00:00:00Z");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Map<String, Instant> ends = new HashMap<>();
    private Instant now = END;

    private ImageRetention kept(Duration predictions, Duration galleries) {
        for (String evaluation : new String[] {OWN, NAMED}) {
            store.put(ObjectKeys.predictions(evaluation, CLEAN), new byte[1]);
            store.put(ObjectKeys.gallery(evaluation, CLEAN), new byte[1]);
        }
        store.put(ObjectKeys.checkpoint("exp", 10, "checkpoint.json"), new byte[1]);
        return new ImageRetention(
                store, () -> ends, Optional.ofNullable(predictions), Optional.ofNullable(galleries), () -> now);
    }

    private boolean hasPredictions(String evaluation) {
        return store.find(ObjectKeys.predictions(evaluation, CLEAN)).isPresent();
    }

    private boolean hasGallery(String evaluation) {
        return store.find(ObjectKeys.gallery(evaluation, CLEAN)).isPresent();
    }

    @Test
    void eachKindIsKeptForItsTimeAfterTheEndOfItsEvaluation() {
        ImageRetention retention = kept(Duration.ofDays(30), Duration.ofDays(7));
        ends.put(OWN, END);
        now = END.plus(Duration.ofDays(7)).minusNanos(1);
        retention.look();
        assertThat(hasGallery(OWN)).isTrue();

        now = END.plus(Duration.ofDays(7));
        retention.look();
        assertThat(hasGallery(OWN)).isFalse();
        assertThat(hasPredictions(OWN)).isTrue();

        now = END.plus(Duration.ofDays(30));
        retention.look();
        assertThat(hasPredictions(OWN)).isFalse();
        assertThat(store.list("experiments/exp/checkpoints/")).hasSize(1);
    }

    @Test
    void anEvaluationWithANameHasAnEndOfItsOwn() {
        ImageRetention retention = kept(Duration.ofDays(1), Duration.ofDays(1));
        ends.put(OWN, END);
        now = END.plus(Duration.ofDays(2));
        retention.look();
        assertThat(hasGallery(OWN)).isFalse();
        assertThat(hasGallery(NAMED)).as("it has not ended").isTrue();
        assertThat(hasPredictions(NAMED)).isTrue();

        ends.put(NAMED, now);
        now = now.plus(Duration.ofDays(1));
        retention.look();
        assertThat(hasGallery(NAMED)).isFalse();
        assertThat(hasPredictions(NAMED)).isFalse();
    }

    @Test
    void withoutASettingNothingIsEverRemoved() {
        ImageRetention retention = kept(null, null);
        ends.put(OWN, END);
        now = END.plus(Duration.ofDays(10_000));
        retention.look();

        assertThat(hasGallery(OWN)).isTrue();
        assertThat(hasPredictions(OWN)).isTrue();
    }

    @Test
    void aLookThatFailsIsMadeUpForByTheNext() {
        kept(Duration.ofDays(1), null);
        boolean[] away = {true};
        ImageRetention patient = new ImageRetention(
                store,
                () -> {
                    if (away[0]) {
                        throw ProblemException.unavailable("the database is away", null);
                    }
                    return ends;
                },
                Optional.of(Duration.ofDays(1)),
                Optional.empty(),
                () -> now);
        ends.put(OWN, END);
        now = END.plus(Duration.ofDays(1));
        patient.look();
        assertThat(hasPredictions(OWN)).isTrue();
        away[0] = false;
        patient.look();
        assertThat(hasPredictions(OWN)).isFalse();
    }

    @Test
    void theReadModelKnowsWhenEachEvaluationEnded() {
        TestReadModel model = new TestReadModel();
        ViewEvents events = new ViewEvents("exp-1");
        model.apply(events.submit());
        assertThat(model.views.endsOfEvaluations()).isEmpty();
        model.apply(events.completed(10, true, 1, 0));

        assertThat(model.views.endsOfEvaluations()).containsExactly(Map.entry("exp-1/epoch-00010", ViewEvents.TIME));
    }

    /** A scheduled task that throws is never run again: nothing would be removed any more. */
    @Test
    void aLookThatBreaksInAWayThatNobodyForesawIsFollowedByAnother() {
        ImageRetention retention = new ImageRetention(
                store,
                () -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                Optional.of(Duration.ofDays(1)),
                Optional.empty(),
                () -> now);

        assertThatCode(retention::look).doesNotThrowAnyException();
    }
}
