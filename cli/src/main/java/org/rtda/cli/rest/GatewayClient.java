package org.rtda.cli.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * The gateway's API. Every call throws {@link CommandFailure} with one line when the gateway is away or refuses. Safe for
 * use by several threads.
 */
public final class GatewayClient {
    /** Experiments of a page: the most that the gateway gives. */
    private static final int PAGE = 200;

    private final GatewayConnection connection;

    /**
     * Without signing in.
     *
     * @param base for example {@code http://127.0.0.1:8080}
     */
    public GatewayClient(URI base) {
        this(base, Optional.empty());
    }

    /** @param token to sign in with; empty where the gateway asks for none */
    public GatewayClient(URI base, Optional<String> token) {
        this.connection = new GatewayConnection(base, token);
    }

    public URI base() {
        return connection.base();
    }

    public DatasetClient datasets() {
        return new DatasetClient(connection);
    }

    public ResultClient results() {
        return new ResultClient(connection);
    }

    public TokenClient tokens() {
        return new TokenClient(connection);
    }

    /**
     * @param draft a specification; absent fields take their defaults
     * @return the experiment's id
     */
    public String submit(JsonNode draft) {
        return idIn(connection.post(GatewayConnection.API + "/experiments", draft));
    }

    /**
     * As {@link #submit(JsonNode)}, made once.
     *
     * @param idempotencyKey the same key and specification name the same experiment, however often it is sent
     * @throws GatewayRefusal when a value is not allowed, or the key was used for another specification
     */
    public String submit(JsonNode draft, String idempotencyKey) {
        return idIn(connection.post(GatewayConnection.API + "/experiments", draft, idempotencyKey));
    }

    private String idIn(byte[] answer) {
        return connection
                .read(answer, new TypeReference<JsonNode>() {})
                .path("id")
                .asText();
    }

    /** Whether it knows by now all that the topics hold. A gateway that does not say counts as complete. */
    public boolean isComplete() {
        try {
            return connection
                    .read(connection.get(GatewayConnection.API + "/read-model"), new TypeReference<JsonNode>() {})
                    .path("complete")
                    .asBoolean();
        } catch (GatewayRefusal e) {
            return e.status() == 404;
        }
    }

    /** All, newest first. */
    public List<Experiment> experiments() {
        List<Experiment> all = new ArrayList<>();
        String cursor = null;
        do {
            Page page = connection.get(GatewayConnection.API + "/experiments" + page(cursor), new TypeReference<>() {});
            all.addAll(page.experiments);
            cursor = page.next;
        } while (cursor != null);
        return all;
    }

    /**
     * The evaluations of all experiments, newest first.
     *
     * @param state null for all
     */
    public List<Evaluation> allEvaluations(String state) {
        List<Evaluation> all = new ArrayList<>();
        String chosen = state == null ? "" : "&state=" + GatewayConnection.encoded(state);
        String cursor = null;
        do {
            EvaluationPage page = connection.get(
                    GatewayConnection.API + "/evaluations" + page(cursor) + chosen, new TypeReference<>() {});
            all.addAll(page.evaluations);
            cursor = page.next;
        } while (cursor != null);
        return all;
    }

    private static String page(String cursor) {
        return "?limit=" + PAGE + (cursor == null ? "" : "&cursor=" + GatewayConnection.encoded(cursor));
    }

    /** @param next where the next page begins; null on the last one */
    private record Page(List<Experiment> experiments, String next) {}

    private record EvaluationPage(List<Evaluation> evaluations, String next) {}

    /** Changes what people call an experiment and say of it; what is null stays as it is. */
    public ExperimentDescription describe(String id, ExperimentDescription change) {
        return connection.read(
                connection.patch(GatewayConnection.ofExperiment(id, ""), change), new TypeReference<>() {});
    }

    public Experiment experiment(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, ""), new TypeReference<>() {});
    }

    /**
     * Ends whatever of the experiment has not ended.
     *
     * @return what will end; empty where the gateway, being of an earlier build, does not say
     * @throws GatewayRefusal 409 when all of it has ended
     */
    public UnfinishedParts cancel(String id) {
        Cancelled answer = connection.read(
                connection.post(GatewayConnection.ofExperiment(id, "/cancel")), new TypeReference<>() {});
        return answer.cancelling() == null ? new UnfinishedParts(null, null) : answer.cancelling();
    }

    /**
     * Deletes an experiment that has ended, with its objects.
     *
     * @throws GatewayRefusal 404 when there is none, 409 when it has not ended or another experiment needs it
     */
    public void deleteExperiment(String id) {
        connection.delete(GatewayConnection.ofExperiment(id, ""));
    }

    /**
     * Ends one evaluation and nothing else.
     *
     * @param evaluation its name, of several epochs the last one's; its epoch and name ({@code epoch-00003/full}); or of the
     *     experiment's own its epoch ({@code epoch-00005})
     * @throws GatewayRefusal 409 when it has ended
     */
    public Evaluation cancelEvaluation(String id, String evaluation) {
        String called = Arrays.stream(evaluation.split("/"))
                .map(GatewayConnection::encoded)
                .collect(Collectors.joining("/"));
        return connection.read(
                connection.post(GatewayConnection.ofExperiment(id, "/evaluations/" + called + "/cancel")),
                new TypeReference<>() {});
    }

    /** Has the gateway forget what it knows of experiments, and read the topics anew. */
    public void rebuildView() {
        connection.post(GatewayConnection.API + "/read-model/rebuild");
    }

    /** What is read of the answer, which is the experiment. */
    private record Cancelled(UnfinishedParts cancelling) {}

    /**
     * Has a checkpoint judged beside what the specification asks for.
     *
     * @param wanted {@code suite} or {@code transferFrom}, and optionally {@code epoch} and {@code name}
     * @return the evaluation's id; asking again gives the same and changes nothing
     */
    public String evaluate(String id, JsonNode wanted) {
        return idIn(connection.post(GatewayConnection.ofExperiment(id, "/evaluations"), wanted));
    }

    /** By epoch. */
    public List<Evaluation> evaluations(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/evaluations"), new TypeReference<>() {});
    }

    /** @param files whether every source file is named */
    public JsonNode lineage(String id, boolean files) {
        return connection.get(GatewayConnection.ofExperiment(id, "/lineage?files=" + files), new TypeReference<>() {});
    }

    /** One HTML page that needs nothing else. */
    public byte[] report(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/report"));
    }

    /** The same without images of patients, or without its appendix. */
    public byte[] report(String id, boolean gallery, boolean appendix) {
        return connection.get(GatewayConnection.ofExperiment(id, parts(gallery, appendix)));
    }

    /** The same with a card that somebody has filled; the gateway does not keep the facts. */
    public byte[] report(String id, CardFacts facts, boolean gallery, boolean appendix) {
        return connection.post(GatewayConnection.ofExperiment(id, parts(gallery, appendix)), facts);
    }

    /** The CHAI applied model card, an XML document. */
    public byte[] card(String id, CardFacts facts) {
        return connection.post(GatewayConnection.ofExperiment(id, "/card"), facts);
    }

    private static String parts(boolean gallery, boolean appendix) {
        return "/report?gallery=" + gallery + "&appendix=" + appendix;
    }

    /** The newest checkpoint's network, as ONNX. */
    public byte[] model(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/model"));
    }

    /** The newest checkpoint's weights, as safetensors. */
    public byte[] weights(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/weights"));
    }

    /** Brings weights to begin a training with: what it answers is a specification's {@code initialWeights}. */
    public ObjectRef uploadWeights(Path file) {
        Multipart form = new Multipart();
        try {
            form.file("file", file);
        } catch (FileNotFoundException e) {
            throw new CommandFailure("there is no file " + e.getMessage(), e);
        }
        return connection.read(connection.upload(GatewayConnection.API + "/weights", form), new TypeReference<>() {});
    }

    /**
     * Passes on the experiment's training metrics as they come, until the stream ends or the calling thread is
     * interrupted. What came before the call is passed on, too.
     */
    public void followTraining(String id, Consumer<TrainingMetric> reader) throws InterruptedException {
        try {
            HttpResponse<Stream<String>> response = connection.lines(
                    GatewayConnection.API + "/metrics/stream?experiment=" + GatewayConnection.encoded(id));
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() == 200) {
                    ServerSentEvents events = new ServerSentEvents((type, data) -> {
                        if (type.equals("training")) {
                            reader.accept(EventCodec.read(data.getBytes(StandardCharsets.UTF_8), TrainingMetric.class));
                        }
                    });
                    lines.forEach(events::line);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("the gateway's stream of events of " + id + " broke off: " + e.getMessage(), e);
        }
    }
}
