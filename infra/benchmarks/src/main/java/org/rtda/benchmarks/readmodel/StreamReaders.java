package org.rtda.benchmarks.readmodel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Many readers of one experiment's events, as server-sent events, each by a connection of its own. The events that are counted are
 * numbered from 1; whoever publishes one says so by {@link #published} before.
 */
public final class StreamReaders implements AutoCloseable {
    private static final String ID = "id:";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Reader> readers;
    private final List<CompletableFuture<HttpResponse<Void>>> open = new ArrayList<>();
    private final AtomicLongArray publishedAt;
    private final String idPrefix;
    private final CountDownLatch left;
    private final CountDownLatch connected;

    /**
     * @param idPrefix of the ids of the events that are counted; their number follows
     * @param events how many there will be
     */
    public StreamReaders(int readers, int events, String idPrefix) {
        this.readers = IntStream.range(0, readers)
                .mapToObj(reader -> new Reader(events))
                .toList();
        this.publishedAt = new AtomicLongArray(events);
        this.idPrefix = idPrefix;
        this.left = new CountDownLatch(readers * events);
        this.connected = new CountDownLatch(readers);
    }

    /**
     * Opens the streams and waits until each has had what was known at its beginning.
     *
     * @throws IllegalStateException when one is not there after a minute
     */
    public void connect(URI stream) throws InterruptedException {
        for (Reader reader : readers) {
            open.add(http.sendAsync(
                    HttpRequest.newBuilder(stream)
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.fromLineSubscriber(reader)));
        }
        if (!connected.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(connected.getCount() + " of " + readers.size() + " streams did not begin: "
                    + open.stream().filter(CompletableFuture::isDone).findFirst());
        }
    }

    /** Just before the event is sent. */
    public void published(int event) {
        publishedAt.set(event - 1, System.nanoTime());
    }

    /** @return whether every reader has every event */
    public boolean await(long seconds) throws InterruptedException {
        return left.await(seconds, TimeUnit.SECONDS);
    }

    /** Deliveries that are missing. */
    public long missing() {
        return readers.stream().mapToLong(Reader::missing).sum();
    }

    /** Deliveries beyond the first. */
    public long doubled() {
        return readers.stream().mapToLong(Reader::doubled).sum();
    }

    /** From {@link #published} to a reader, of all deliveries, in milliseconds, rising. */
    public double[] milliseconds() {
        return readers.stream()
                .flatMapToLong(reader -> IntStream.range(0, publishedAt.length())
                        .filter(event -> reader.receivedAt.get(event) != 0)
                        .mapToLong(event -> reader.receivedAt.get(event) - publishedAt.get(event)))
                .mapToDouble(nanos -> nanos / 1e6)
                .sorted()
                .toArray();
    }

    @Override
    public void close() {
        readers.forEach(Reader::leave);
        open.forEach(stream -> stream.cancel(true));
    }

    private final class Reader implements Flow.Subscriber<String> {
        private final AtomicLongArray receivedAt;
        private final AtomicIntegerArray times;
        private volatile Flow.Subscription subscription;
        private boolean begun;

        private Reader(int events) {
            receivedAt = new AtomicLongArray(events);
            times = new AtomicIntegerArray(events);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.startsWith(ID)) {
                return;
            }
            long now = System.nanoTime();
            String id = line.substring(ID.length()).strip();
            if (!begun) {
                begun = true;
                connected.countDown();
            }
            if (id.startsWith(idPrefix)) {
                int event = Integer.parseInt(id.substring(idPrefix.length())) - 1;
                if (times.incrementAndGet(event) == 1) {
                    receivedAt.set(event, now);
                    left.countDown();
                }
            }
        }

        private long missing() {
            return IntStream.range(0, times.length())
                    .filter(event -> times.get(event) == 0)
                    .count();
        }

        private long doubled() {
            return IntStream.range(0, times.length())
                    .map(event -> Math.max(0, times.get(event) - 1))
                    .asLongStream()
                    .sum();
        }

        private void leave() {
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onError(Throwable failure) {
            // what it lacks is counted as missing
        }

        @Override
        public void onComplete() {
            // likewise
        }
    }
}
