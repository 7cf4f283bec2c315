package org.rtda.cli.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.result.SubgroupRow;

/**
 * The gateway's API. Every call throws {@link CommandFailure} with one line when the gateway is away or refuses. Safe for
 * use by several threads.
 */
public final class GatewayClient {
    /** What every path begins with. */
    private static final String API = "/api/v1";

    /** Experiments of a page: the most that the gateway gives. */
    private static final int PAGE = 200;

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(30);

    private final ObjectMapper json = EventCodec.mapper();
    private final URI base;
    private final HttpClient http;
    private final Optional<String> token;

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
        this.base = base;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    public URI base() {
        return base;
    }

    public List<DatasetManifest> datasets() {
        return read(get(API + "/datasets"), new TypeReference<>() {});
    }

    /** Every import of a data set, newest first. */
    public List<DatasetVersionEntry> datasetVersions(String name) {
        return read(get(API + "/datasets/" + name + "/versions"), new TypeReference<>() {});
    }

    /** Some images of a data set as a PNG file. */
    public byte[] samples(String name, String split, int perClass) {
        return get(API + "/datasets/" + name + "/samples?split=" + URLEncoder.encode(split, StandardCharsets.UTF_8)
                + "&perClass=" + perClass);
    }

    /**
     * Removes a data set.
     *
     * @param ended whether it goes although ended experiments were made from it
     * @throws GatewayRefusal 404 when there is none, 409 when an experiment needs it
     */
    public void deleteDataset(String name, boolean ended) {
        send(request(API + "/datasets/" + name + "?ended=" + ended, ANSWER_LIMIT)
                .DELETE()
                .build());
    }

    /**
     * @param shifts external test sets by label
     * @param meaning what is said of the images
     */
    public DatasetManifest importNpz(String name, Path file, Map<String, Path> shifts, DatasetMeaning meaning) {
        return importNpz(name, file, shifts, meaning, false, null);
    }

    /**
     * As the shorter form, with what is known of each image.
     *
     * @param scale whether float images in [0,1] become 0 to 255
     * @param prepared null where nothing is known but the pixels
     */
    public DatasetManifest importNpz(
            String name,
            Path file,
            Map<String, Path> shifts,
            DatasetMeaning meaning,
            boolean scale,
            PreparedImages prepared) {
        Multipart form = new Multipart().field("name", name);
        meaning.addTo(form);
        if (scale) {
            form.field("scale", "true");
        }
        try {
            form.file("file", file);
            for (Map.Entry<String, Path> shift : shifts.entrySet()) {
                form.file(DatasetManifest.SHIFT_PREFIX + shift.getKey(), shift.getValue());
            }
        } catch (FileNotFoundException e) {
            throw new CommandFailure("there is no file " + e.getMessage(), e);
        }
        if (prepared != null) {
            form.file("prepared", "prepared.json", EventCodec.write(prepared));
        }
        HttpRequest request = request(API + "/datasets", UPLOAD_LIMIT)
                .header("Content-Type", form.contentType())
                .POST(form.body())
                .build();
        return read(send(request), new TypeReference<>() {});
    }

    /**
     * @param draft a specification; absent fields take their defaults
     * @return the experiment's id
     */
    public String submit(JsonNode draft) {
        HttpRequest request = request(API + "/experiments", ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(EventCodec.write(draft)))
                .build();
        return read(send(request), new TypeReference<JsonNode>() {}).path("id").asText();
    }

    /**
     * As {@link #submit(JsonNode)}, made once.
     *
     * @param idempotencyKey the same key and specification name the same experiment, however often it is sent
     * @throws GatewayRefusal when a value is not allowed, or the key was used for another specification
     */
    public String submit(JsonNode draft, String idempotencyKey) {
        HttpRequest request = request(API + "/experiments", ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofByteArray(EventCodec.write(draft)))
                .build();
        return read(send(request), new TypeReference<JsonNode>() {}).path("id").asText();
    }

    /** Whether it knows by now all that the topics hold. A gateway that does not say counts as complete. */
    public boolean isComplete() {
        try {
            return read(get(API + "/read-model"), new TypeReference<JsonNode>() {})
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
            Page page = read(get(API + "/experiments" + page(cursor)), new TypeReference<>() {});
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
        String chosen = state == null ? "" : "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8);
        String cursor = null;
        do {
            EvaluationPage page = read(get(API + "/evaluations" + page(cursor) + chosen), new TypeReference<>() {});
            all.addAll(page.evaluations);
            cursor = page.next;
        } while (cursor != null);
        return all;
    }

    private static String page(String cursor) {
        return "?limit=" + PAGE
                + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    }

    /** @param next where the next page begins; null on the last one */
    private record Page(List<Experiment> experiments, String next) {}

    private record EvaluationPage(List<Evaluation> evaluations, String next) {}

    /** Changes what people call an experiment and say of it; what is null stays as it is. */
    public ExperimentDescription describe(String id, ExperimentDescription change) {
        HttpRequest request = request(path(id, ""), ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(EventCodec.write(change)))
                .build();
        return read(send(request), new TypeReference<>() {});
    }

    public Experiment experiment(String id) {
        return read(get(path(id, "")), new TypeReference<>() {});
    }

    /**
     * Ends whatever of the experiment has not ended.
     *
     * @return what will end; empty where the gateway, being of an earlier build, does not say
     * @throws GatewayRefusal 409 when all of it has ended
     */
    public UnfinishedParts cancel(String id) {
        HttpRequest request = request(path(id, "/cancel"), ANSWER_LIMIT)
                .POST(BodyPublishers.noBody())
                .build();
        Cancelled answer = read(send(request), new TypeReference<>() {});
        return answer.cancelling() == null ? new UnfinishedParts(null, null) : answer.cancelling();
    }

    /**
     * Deletes an experiment that has ended, with its objects.
     *
     * @throws GatewayRefusal 404 when there is none, 409 when it has not ended or another experiment needs it
     */
    public void deleteExperiment(String id) {
        send(request(path(id, ""), ANSWER_LIMIT).DELETE().build());
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
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
        HttpRequest request = request(path(id, "/evaluations/" + called + "/cancel"), ANSWER_LIMIT)
                .POST(BodyPublishers.noBody())
                .build();
        return read(send(request), new TypeReference<>() {});
    }

    /** Has the gateway forget what it knows of experiments, and read the topics anew. */
    public void rebuildView() {
        send(request(API + "/read-model/rebuild", ANSWER_LIMIT)
                .POST(BodyPublishers.noBody())
                .build());
    }

    /** The service tokens, by name; for owners. */
    public List<TokenEntry> tokens() {
        return read(get(API + "/tokens"), new TypeReference<>() {});
    }

    /**
     * Makes a service token; for owners.
     *
     * @param expiresInDays null for never
     * @return with its text, which cannot be asked for again
     */
    public TokenEntry createToken(String name, String role, Integer expiresInDays) {
        ObjectNode wanted = json.createObjectNode().put("name", name).put("role", role);
        if (expiresInDays != null) {
            wanted.put("expiresInDays", expiresInDays);
        }
        HttpRequest request = request(API + "/tokens", ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(EventCodec.write(wanted)))
                .build();
        return read(send(request), new TypeReference<>() {});
    }

    /**
     * Makes a service token useless; for owners.
     *
     * @throws GatewayRefusal 404 when there is none of that name
     */
    public void revokeToken(String name) {
        send(request(API + "/tokens/" + URLEncoder.encode(name, StandardCharsets.UTF_8), ANSWER_LIMIT)
                .DELETE()
                .build());
    }

    /** What is read of the answer, which is the experiment. */
    private record Cancelled(UnfinishedParts cancelling) {}

    /** Of the final evaluation; empty before there is one. */
    public List<ResultRow> results(String id) {
        return read(get(path(id, "/results")), new TypeReference<>() {});
    }

    /** @param evaluation its id or name; null for the final one of the experiment's own */
    public List<ResultRow> results(String id, String evaluation) {
        return evaluation == null
                ? results(id)
                : read(
                        get(path(id, "/results?evaluation=" + URLEncoder.encode(evaluation, StandardCharsets.UTF_8))),
                        new TypeReference<>() {});
    }

    /** Of the final evaluation, by subgroup; empty where none are told, as by a gateway of an earlier build. */
    public List<SubgroupRow> subgroups(String id) {
        try {
            return read(get(path(id, "/results/subgroups")), new TypeReference<>() {});
        } catch (GatewayRefusal e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    /** As {@link #results(String, String)}, as CSV with a header line. */
    public String resultsAsCsv(String id, String evaluation) {
        String of = evaluation == null ? "" : "&evaluation=" + URLEncoder.encode(evaluation, StandardCharsets.UTF_8);
        return new String(get(path(id, "/results?format=csv" + of)), StandardCharsets.UTF_8);
    }

    /** As {@link #subgroups}, as CSV with a header line. */
    public String subgroupsAsCsv(String id) {
        return new String(get(path(id, "/results/subgroups?format=csv")), StandardCharsets.UTF_8);
    }

    /**
     * Has a checkpoint judged beside what the specification asks for.
     *
     * @param wanted {@code suite} or {@code transferFrom}, and optionally {@code epoch} and {@code name}
     * @return the evaluation's id; asking again gives the same and changes nothing
     */
    public String evaluate(String id, JsonNode wanted) {
        HttpRequest request = request(path(id, "/evaluations"), ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(EventCodec.write(wanted)))
                .build();
        return read(send(request), new TypeReference<JsonNode>() {}).path("id").asText();
    }

    /** By epoch. */
    public List<Evaluation> evaluations(String id) {
        return read(get(path(id, "/evaluations")), new TypeReference<>() {});
    }

    /** One a step, by step; of very long runs an even selection. */
    public List<TrainingMetric> training(String id) {
        return read(get(path(id, "/training")), new TypeReference<>() {});
    }

    /**
     * Of the final evaluation.
     *
     * @param condition as the results name it
     * @return empty when they were not kept
     */
    public Optional<Predictions> predictions(String id, String condition) {
        try {
            return Optional.of(read(
                    get(path(id, "/predictions?condition=" + URLEncoder.encode(condition, StandardCharsets.UTF_8))),
                    new TypeReference<Predictions>() {}));
        } catch (GatewayRefusal e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All messages of all evaluations so far. */
    public List<RobustnessMetric> robustness(String id) {
        return read(get(path(id, "/robustness")), new TypeReference<>() {});
    }

    /** @param files whether every source file is named */
    public JsonNode lineage(String id, boolean files) {
        return read(get(path(id, "/lineage?files=" + files)), new TypeReference<>() {});
    }

    /** One HTML page that needs nothing else. */
    public byte[] report(String id) {
        return get(path(id, "/report"));
    }

    /** The same without images of patients, or without its appendix. */
    public byte[] report(String id, boolean gallery, boolean appendix) {
        return get(path(id, parts(gallery, appendix)));
    }

    /** The same with a card that somebody has filled; the gateway does not keep the facts. */
    public byte[] report(String id, CardFacts facts, boolean gallery, boolean appendix) {
        return post(path(id, parts(gallery, appendix)), facts);
    }

    /** The CHAI applied model card, an XML document. */
    public byte[] card(String id, CardFacts facts) {
        return post(path(id, "/card"), facts);
    }

    private static String parts(boolean gallery, boolean appendix) {
        return "/report?gallery=" + gallery + "&appendix=" + appendix;
    }

    private byte[] post(String path, CardFacts facts) {
        return send(request(path, ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(EventCodec.write(facts)))
                .build());
    }

    /** The newest checkpoint's network, as ONNX. */
    public byte[] model(String id) {
        return get(path(id, "/model"));
    }

    /** The newest checkpoint's weights, as safetensors. */
    public byte[] weights(String id) {
        return get(path(id, "/weights"));
    }

    /** Brings weights to begin a training with: what it answers is a specification's {@code initialWeights}. */
    public ObjectRef uploadWeights(Path file) {
        Multipart form = new Multipart();
        try {
            form.file("file", file);
        } catch (FileNotFoundException e) {
            throw new CommandFailure("there is no file " + e.getMessage(), e);
        }
        HttpRequest request = request(API + "/weights", UPLOAD_LIMIT)
                .header("Content-Type", form.contentType())
                .POST(form.body())
                .build();
        return read(send(request), new TypeReference<>() {});
    }

    /**
     * Passes on the experiment's training metrics as they come, until the stream ends or the calling thread is
     * interrupted. What came before the call is passed on, too.
     */
    public void followTraining(String id, Consumer<TrainingMetric> reader) throws InterruptedException {
        HttpRequest request = request(
                        API + "/metrics/stream?experiment=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
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

    private static String path(String id, String rest) {
        return API + "/experiments/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + rest;
    }

    private byte[] get(String path) {
        return send(request(path, ANSWER_LIMIT).GET().build());
    }

    private HttpRequest.Builder request(String path, Duration limit) {
        return request(path).timeout(limit);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new GatewayRefusal(
                        response.statusCode(),
                        GatewayProblem.inOneLine(
                                response.statusCode(),
                                response.headers().firstValue("Content-Type").orElse(""),
                                new String(response.body(), StandardCharsets.UTF_8)));
            }
            return response.body();
        } catch (ConnectException e) {
            throw new CommandFailure("the gateway at " + base + " does not answer: is it running? (rtda up)", e);
        } catch (HttpTimeoutException e) {
            throw new CommandFailure("the gateway at " + base + " did not answer in time", e);
        } catch (IOException e) {
            throw new CommandFailure("the connection to the gateway at " + base + " broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the gateway", e);
        }
    }

    private <T> T read(byte[] body, TypeReference<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw new CommandFailure("the gateway's answer cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("the gateway's answer cannot be read: " + e.getMessage(), e);
        }
    }
}
