package org.rtda.gateway.rest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.FeedMessage;
import org.rtda.gateway.problem.ProblemException;

/** An experiment's events for one reader: first what the reader does not know, then what comes, none missing and none twice, then the end. */
final class EventStream {
    private final EventFeed feed;
    private final int buffer;
    private final int most;
    private final Semaphore places;

    /**
     * @param buffer events that may wait for a slow reader; with one more its stream fails
     * @param most streams at once, also those that only tell what is known
     */
    EventStream(EventFeed feed, int buffer, int most) {
        this.feed = feed;
        this.buffer = buffer;
        this.most = most;
        this.places = new Semaphore(most);
    }

    /**
     * Empty when nobody has submitted the experiment. The reader's end, however it comes, frees all that was held.
     *
     * @param after the place of the last message that the reader has got; null for a reader that begins
     * @param withKnown whether a reader that begins gets what is known
     * @throws ProblemException 503 when as many streams are open as there may be, or the database does not answer
     */
    Optional<Multi<FeedMessage>> of(String experiment, String after, boolean withKnown) {
        // taken first: many readers may come back at once, and each has to wait for the database
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable(
                    "this gateway serves at most " + most + " streams at once, try later", null);
        }
        Optional<Multi<FeedMessage>> events = Optional.empty();
        try {
            events = open(experiment, after, withKnown);
        } finally {
            if (events.isEmpty()) {
                places.release();
            }
        }
        return events.map(open -> open.onTermination().invoke(() -> places.release()));
    }

    private Optional<Multi<FeedMessage>> open(String experiment, String after, boolean withKnown) {
        UnicastProcessor<FeedMessage> live = UnicastProcessor.create(new ArrayBlockingQueue<>(buffer), () -> {});
        Consumer<FeedMessage> follower = message -> {
            live.onNext(message);
            if (message.isEnd()) {
                live.onComplete();
            }
        };
        return feed.follow(experiment, after, withKnown, follower)
                .map(replay -> replay.isEnded()
                        ? Multi.createFrom().iterable(replay)
                        : Multi.createBy()
                                .concatenating()
                                .streams(Multi.createFrom().iterable(replay), live)
                                .onTermination()
                                .invoke(() -> feed.unfollow(experiment, follower)));
    }
}
