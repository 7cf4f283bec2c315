package org.rtda.gateway.rest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.FeedMessage;

/** An experiment's events for one reader: first what the reader does not know, then what comes, none missing and none twice, then the end. */
final class EventStream {
    private final EventFeed feed;
    private final int buffer;

    /** @param buffer events that may wait for a slow reader; with one more its stream fails */
    EventStream(EventFeed feed, int buffer) {
        this.feed = feed;
        this.buffer = buffer;
    }

    /**
     * Empty when nobody has submitted the experiment. The reader's end, however it comes, frees all that was held.
     *
     * @param after the place of the last message that the reader has got; null for a reader that begins
     * @param withKnown whether a reader that begins gets what is known
     */
    Optional<Multi<FeedMessage>> of(String experiment, String after, boolean withKnown) {
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
