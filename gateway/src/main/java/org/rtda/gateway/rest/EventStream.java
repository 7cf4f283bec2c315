package org.rtda.gateway.rest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.EventFeed;

/** An experiment's events for one reader: first what is known, then what comes, none missing and none twice. */
final class EventStream {
    private final EventFeed feed;
    private final int buffer;

    /** @param buffer events that may wait for a slow reader; with one more its stream fails */
    EventStream(EventFeed feed, int buffer) {
        this.feed = feed;
        this.buffer = buffer;
    }

    /** Empty when nobody has submitted the experiment. The reader's end, however it comes, frees all that was held. */
    Optional<Multi<Event>> of(String experiment, boolean withKnown) {
        UnicastProcessor<Event> live = UnicastProcessor.create(new ArrayBlockingQueue<>(buffer), () -> {});
        Consumer<Event> follower = live::onNext;
        Optional<List<Event>> known = feed.follow(experiment, follower);
        return known.map(events -> Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().iterable(withKnown ? events : List.<Event>of()), live)
                .onTermination()
                .invoke(() -> feed.unfollow(experiment, follower)));
    }
}
