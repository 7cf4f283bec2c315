package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;

class StoreWatchTest {
    private final AtomicLong now = new AtomicLong();
    private RuntimeException failure;
    private final Queue<Runnable> unanswered = new ArrayDeque<>();

    /** As to an account that may read no object: it may list, and nothing else. */
    private final class Asked implements ArtifactStore {
        @Override
        public List<String> list(String prefix) {
            if (failure != null) {
                throw failure;
            }
            return List.of();
        }

        @Override
        public ObjectRef put(String key, byte[] content) {
            throw new AssertionError(key);
        }

        @Override
        public byte[] get(ObjectRef ref) {
            throw new AssertionError(ref);
        }

        @Override
        public Optional<byte[]> find(String key) {
            throw new AssertionError(key);
        }

        @Override
        public void delete(String key) {
            throw new AssertionError(key);
        }
    }

    private void at(int second) {
        now.set(Duration.ofSeconds(second).toNanos());
    }

    private StoreWatch answeredAtOnce() {
        return new StoreWatch(new Asked(), Runnable::run, Duration.ofMinutes(1), now::get);
    }

    @Test
    void aStoreThatAnswersIsThereForAnAccountThatMayOnlyList() {
        try (StoreWatch watch = answeredAtOnce()) {
            watch.look();
            at(40);

            assertThat(watch.awayFor()).isZero();
            assertThat(watch.reason()).isEmpty();
        }
    }

    @Test
    void aStoreIsAwayFromTheFirstQuestionWithoutAnswerOnAndBackWithTheNextAnswer() {
        try (StoreWatch watch = answeredAtOnce()) {
            failure = new ArtifactStoreUnavailableException("nobody there", null);
            at(5);
            watch.look();
            at(10);
            watch.look();
            at(12);

            assertThat(watch.awayFor()).isEqualTo(Duration.ofSeconds(7));
            assertThat(watch.reason()).contains("nobody there");

            failure = null;
            watch.look();
            assertThat(watch.awayFor()).isZero();
            assertThat(watch.reason()).isEmpty();
        }
    }

    /** A scheduled task that throws is never run again: health checks would show for ever what was last seen. */
    @Test
    void aQuestionThatCannotEvenBeAskedIsAnAbsenceAndTheNextOneIsAsked() {
        AtomicReference<Error> broken = new AtomicReference<>(new OutOfMemoryError("unable to create native thread"));
        Executor asker = question -> {
            if (broken.get() != null) {
                throw broken.get();
            }
            question.run();
        };
        try (StoreWatch watch = new StoreWatch(new Asked(), asker, Duration.ofMinutes(1), now::get)) {
            at(5);
            watch.look();
            at(12);
            assertThat(watch.awayFor()).isEqualTo(Duration.ofSeconds(7));
            assertThat(watch.reason()).contains("unable to create native thread");

            broken.set(null);
            watch.look();
            assertThat(watch.awayFor()).isZero();
        }
    }

    @Test
    void aSilentStoreIsAwayAndIsNotAskedASecondTimeBeforeItAnswers() {
        try (StoreWatch watch = new StoreWatch(new Asked(), unanswered::add, Duration.ofNanos(1), now::get)) {
            at(5);
            watch.look();
            at(10);
            watch.look();

            assertThat(unanswered).hasSize(1);
            assertThat(watch.awayFor()).isEqualTo(Duration.ofSeconds(5));
            assertThat(watch.reason())
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("the store does not answer"));

            unanswered.remove().run();
            watch.look();
            assertThat(watch.awayFor()).isZero();
        }
    }
}
