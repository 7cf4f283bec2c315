package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.Projection;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.database.TopicPositions;
import org.rtda.gateway.projection.LastRecords;
import org.rtda.gateway.projection.Projector;
import org.rtda.gateway.projection.RecordReader;
import org.rtda.gateway.projection.TopicIds;
import org.rtda.gateway.projection.ViewCatchUp;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.ResultRows;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.messaging.EventRecords;
import org.rtda.testkit.LocalStackResource;

/** The view as it is streamed, and as another gateway that starts later builds it. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
class ViewIT extends OwnExperiment {
    @TestHTTPResource("/")
    URL gateway;

    @Inject
    ExperimentViews views;

    @Inject
    EventFeed feed;

    ViewIT() {
        super("view");
    }

    @BeforeEach
    void anExperimentUnderWay() {
        topics.send(Topic.EXPERIMENTS, events.submit());
        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.RUNNING, 2));
        topics.send(Topic.TRAINING_METRICS, events.training(1, 1), events.training(1, 2));
        topics.send(Topic.ROBUSTNESS_METRICS, events.measured(1, false, ViewEvents.CLEAN, 0.5));
        await().until(() -> views.read(
                        events.experiment(),
                        v -> v.training().size() == 2
                                && v.robustness().size() == 1
                                && v.status().state() == State.RUNNING)
                .orElse(false));
    }

    @Test
    void aStreamBeginsWithWhatIsKnownAndGoesOnInOrder() throws IOException {
        try (Stream stream = new Stream("")) {
            assertThat(stream.next()).containsEntry("event", "status").containsEntry("state", "RUNNING");
            assertThat(stream.next()).containsEntry("event", "training").containsEntry("step", 1);
            assertThat(stream.next()).containsEntry("event", "training").containsEntry("step", 2);
            assertThat(stream.next()).containsEntry("event", "robustness").containsEntry("type", "measured");

            topics.send(Topic.TRAINING_METRICS, events.training(1, 2), events.training(1, 3), events.training(1, 4));
            assertThat(stream.next())
                    .as("a duplicate is not sent")
                    .containsEntry("step", 3)
                    .containsEntry("id", events.experiment() + "/1/3");
            assertThat(stream.next()).containsEntry("step", 4);
            topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.TRAINED, 100));
            assertThat(stream.next()).containsEntry("event", "status").containsEntry("state", "TRAINED");
        }
        AtomicLong step = new AtomicLong(4);
        await().until(() -> {
            // a server may notice its reader's end only when it next writes
            topics.send(Topic.TRAINING_METRICS, events.training(1, step.incrementAndGet()));
            return feed.followers() == 0;
        });
    }

    /** As it comes it has 0.98 million bytes; written again, each of its 88,000 terms has ".0" more, which no row takes. */
    @Test
    void aRecordThatCannotBeStoredBecomesALetterAndHoldsUpNoOther() {
        ObjectNode grows = EventCodec.mapper().valueToTree(events.training(1, 3));
        ObjectNode terms = grows.putObject("terms");
        IntStream.range(100_000, 188_000).forEach(term -> terms.put("" + term, 1));
        topics.send(
                Topic.TRAINING_METRICS, events.experiment(), grows.toString().getBytes(StandardCharsets.UTF_8));
        topics.send(Topic.TRAINING_METRICS, events.training(1, 4));

        await().until(() -> views.read(
                        events.experiment(),
                        v -> v.training().size() == 3 && v.deadLetters().size() == 1)
                .orElse(false));
        String reason =
                views.readKnown(events.experiment(), v -> v.deadLetters().get(0).reason());
        assertThat(reason).contains("at most 1000000 characters");
    }

    @Test
    void aStreamFromNowLeavesOutWhatIsKnown() throws IOException {
        try (Stream stream = new Stream("&from=now")) {
            topics.send(Topic.TRAINING_METRICS, events.training(1, 3));
            assertThat(stream.next()).containsEntry("event", "training").containsEntry("step", 3);
        }
    }

    @Test
    void aStreamGoesOnAfterTheLastEventThatItsReaderNames() throws IOException {
        String place;
        try (Stream stream = new Stream("")) {
            for (int known = 0; known < 4; known++) {
                stream.next();
            }
            topics.send(Topic.TRAINING_METRICS, events.training(1, 3));
            assertThat(stream.next()).containsEntry("step", 3);
            place = stream.place;
        }
        topics.send(Topic.TRAINING_METRICS, events.training(1, 4));
        await().until(() ->
                views.read(events.experiment(), v -> v.training().size() == 4).orElse(false));

        try (Stream again = new Stream("", place)) {
            assertThat(again.next()).containsEntry("step", 4);
        }
        try (Stream anew = new Stream("", events.experiment() + "/1/3")) {
            assertThat(anew.next()).containsEntry("event", "status");
        }
    }

    @Test
    void theStreamOfAnExperimentThatHasEndedSaysSoAndEnds() throws IOException {
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.completed(1, false, 1, 0),
                events.planned(2, true, ViewEvents.CLEAN),
                events.measured(2, true, ViewEvents.CLEAN, 0.5));
        try (Stream stream = new Stream("&from=now")) {
            topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.TRAINED, 2));
            topics.send(Topic.ROBUSTNESS_METRICS, events.completed(2, true, 1, 0));
            Map<String, Object> last = stream.next();
            while (!last.get("event").equals("end")) {
                last = stream.next();
            }
            assertThat(last).containsEntry("experimentId", events.experiment()).containsEntry("state", "TRAINED");
            stream.assertEnded();
        }
        try (Stream stream = new Stream("&from=now")) {
            assertThat(stream.next()).containsEntry("event", "end");
            stream.assertEnded();
        }
    }

    @Test
    void aStreamOfNothingIsAProblem() {
        when().get("/api/v1/metrics/stream").then().statusCode(400).body("field", equalTo("experiment"));
        given().accept("text/event-stream")
                .get("/api/v1/metrics/stream?experiment=" + events.experiment() + "&from=yesterday")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("from"))
                .body("allowed", equalTo("one of [start, now]"));
    }

    @Test
    void aGatewayThatStartsLaterBuildsTheSameView() {
        topics.send(Topic.TRAINING_METRICS, events.training(2, 2), events.training(1, 3), events.training(2, 3));
        topics.send(Topic.EXPERIMENT_STATUS, events.status(2, State.TRAINED, 100), events.status(1, State.FAILED, 3));
        topics.send(Topic.CHECKPOINTS, events.checkpoint(2, 10, true, ViewEvents.OBJECT));
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.planned(10, true, ViewEvents.CLEAN),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.completed(10, true, 1, 0));
        topics.send(Topic.CHECKPOINTS, events.experiment(), "rubbish".getBytes(StandardCharsets.UTF_8));
        await().until(() -> views.read(
                        events.experiment(),
                        v -> v.status().state() == State.TRAINED
                                && v.training().size() == 3
                                && v.checkpoint().isPresent()
                                && v.deadLetters().size() == 1
                                && v.finalEvaluation()
                                        .map(e -> e.progress().completed())
                                        .orElse(false))
                .orElse(false));

        TestReadModel anew = new TestReadModel();
        ExperimentViews rebuilt = anew.views;
        TopicPositions positions = new TopicPositions(anew.database);
        ViewCatchUp catchUp = new ViewCatchUp(positions);
        List<String> letters = new CopyOnWriteArrayList<>();
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(kafka);
                Projector projector = new Projector(
                        kafka,
                        admin,
                        new Projection(anew.database, 20_000, "another gateway"),
                        positions,
                        (refused, reason) -> letters.add(reason),
                        (topic, taken) -> {})) {
            catchUp.begin(
                    LastRecords.of(kafka, RecordReader.TOPICS, Duration.ofSeconds(30)),
                    TopicIds.of(admin, RecordReader.TOPICS));
            projector.begin();
            await().until(() -> catchUp.partitionsLeft() == 0);
        }

        String id = events.experiment();
        assertThat(rebuilt.document(id)).isEqualTo(views.document(id));
        assertThat(rebuilt.read(id, ExperimentView::training)).isEqualTo(views.read(id, ExperimentView::training));
        assertThat(rebuilt.read(id, ExperimentView::training).orElseThrow())
                .extracting(TrainingMetric::attempt)
                .containsExactly(1L, 2L, 2L);
        assertThat(rebuilt.read(id, ResultRows::of)).isEqualTo(views.read(id, ResultRows::of));
        assertThat(rebuilt.read(id, ExperimentView::checkpoint)).isEqualTo(views.read(id, ExperimentView::checkpoint));
        assertThat(letters)
                .as("the letter that the first gateway sent is not sent again")
                .isEmpty();
    }

    /** Trainers commit statuses by transactions, the end of which takes an offset that no reader is ever given. */
    @Test
    void aGatewayThatStartsWaitsForTheLastRecordAndNotForTheEndOfItsTransaction() throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("transactional.id", events.experiment());
        RecordMetadata written;
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            written = producer.send(EventRecords.keyed(
                            Topic.EXPERIMENT_STATUS, events.experiment(), events.status(1, State.RUNNING, 1)))
                    .get();
            producer.commitTransaction();
        }
        TopicPartition partition = new TopicPartition(written.topic(), written.partition());

        assertThat(LastRecords.of(kafka, RecordReader.TOPICS, Duration.ofSeconds(30)))
                .containsEntry(partition, written.offset());
    }

    /** A reader of server-sent events. */
    private final class Stream implements AutoCloseable {
        private final HttpURLConnection connection;
        private final BufferedReader lines;
        /** Of the last event that had one. */
        private String place;

        Stream(String options) throws IOException {
            this(options, null);
        }

        Stream(String options, String after) throws IOException {
            connection = (HttpURLConnection)
                    URI.create(gateway + "api/v1/metrics/stream?experiment=" + events.experiment() + options)
                            .toURL()
                            .openConnection();
            connection.setReadTimeout(60_000);
            connection.setRequestProperty("Accept", "text/event-stream");
            if (after != null) {
                connection.setRequestProperty("Last-Event-ID", after);
            }
            assertThat(connection.getResponseCode()).isEqualTo(200);
            assertThat(connection.getContentType()).startsWith("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next event's data, with its type as {@code event}; heartbeats are passed over. */
        Map<String, Object> next() throws IOException {
            String type = null;
            List<String> data = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    place = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data.add(line.substring(5));
                } else if (line.isEmpty() && type != null) {
                    Map<String, Object> event =
                            new HashMap<>(JsonPath.from(String.join("\n", data)).getMap(""));
                    event.put("event", type);
                    return event;
                }
            }
            throw new IOException("the stream ended");
        }

        /** Long before the next heartbeat. */
        void assertEnded() throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).isEmpty();
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
            connection.disconnect();
        }
    }
}
