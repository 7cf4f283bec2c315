package org.rtda.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlowReadersTest {
    private final AtomicLong nanos = new AtomicLong();
    private final SlowReaders readers = new SlowReaders(new Pace(Duration.ofSeconds(60), 1000), nanos::get);

    private static final class Answer implements SlowReaders.Answer {
        private boolean waits = true;
        private long bytes = 100_000;
        private int givenUp;

        @Override
        public boolean waitsForReader() {
            return waits;
        }

        @Override
        public long bytesWritten() {
            return bytes;
        }

        @Override
        public void giveUp() {
            givenUp++;
        }
    }

    private void lookAt(int second) {
        nanos.set(Duration.ofSeconds(second).toNanos());
        readers.look();
    }

    /** It waits from second 10 on. */
    @Test
    void anAnswerThatWaitsHasTheGraceAndMustThenBeReadWithTheLeastRate() {
        Answer steady = new Answer();
        Answer stuck = new Answer();
        readers.began(steady);
        readers.began(stuck);
        lookAt(10);
        lookAt(70);
        assertThat(stuck.givenUp).isZero();

        // a second after the grace two seconds' worth must be gone
        steady.bytes += 2000;
        stuck.bytes += 1999;
        lookAt(71);
        assertThat(steady.givenUp).isZero();
        assertThat(stuck.givenUp).isEqualTo(1);
        lookAt(500);
        assertThat(steady.givenUp).isEqualTo(1);
        assertThat(stuck.givenUp).as("once").isEqualTo(1);
    }

    /** A report that is being made, an event stream without events, a store that is slow. */
    @Test
    void anAnswerThatDoesNotWaitForItsReaderMayTakeAnyTime() {
        Answer slow = new Answer();
        readers.began(slow);
        slow.waits = false;
        lookAt(10);
        lookAt(10_000);
        slow.waits = true;
        lookAt(10_001);
        lookAt(10_061);
        slow.waits = false;
        lookAt(10_062);
        slow.waits = true;
        lookAt(10_063);
        lookAt(10_123);

        assertThat(slow.givenUp).isZero();
    }

    @Test
    void anAnswerThatHasEndedIsLeftAlone() {
        Answer ended = new Answer();
        readers.began(ended);
        lookAt(0);
        readers.ended(ended);
        lookAt(1000);

        assertThat(ended.givenUp).isZero();
    }

    /** A real connection, whose reader asks and then reads nothing. Each look finds that a minute more has gone by. */
    @Test
    void aReaderThatStopsReadingLosesItsConnection() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Socket socket = new Socket()) {
            Router router = Router.router(vertx);
            router.get().handler(context -> {
                SentAnswer answer = new SentAnswer(context);
                readers.began(answer);
                context.addEndHandler(end -> readers.ended(answer));
                fill(context.response().setChunked(true));
            });
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.actualPort()));
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> readers.underWay() == 1);

            await().atMost(Duration.ofMinutes(1)).until(() -> {
                nanos.addAndGet(Duration.ofSeconds(61).toNanos());
                readers.look();
                return readers.underWay() == 0;
            });

            assertThat(isEnded(socket)).isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** As much as the connection takes, without end. */
    private static void fill(HttpServerResponse response) {
        Buffer part = Buffer.buffer(new byte[1 << 16]);
        response.drainHandler(drained -> fill(response));
        while (!response.writeQueueFull()) {
            response.write(part);
        }
    }

    private static boolean isEnded(Socket socket) throws IOException {
        byte[] part = new byte[1 << 16];
        try {
            while (socket.getInputStream().read(part) >= 0) {
                // what was on its way
            }
        } catch (SocketException e) {
            // reset
            return true;
        }
        return true;
    }
}
