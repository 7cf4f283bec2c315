package org.rtda.cli.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rtda.cli.benchmark.result.LabelledCondition;
import org.rtda.contracts.EventCodec;

/**
 * A gateway whose experiments end as soon as they are looked at, unless their fate says otherwise. It keeps what was
 * submitted, like topics do, while it is stopped.
 */
public final class FakeGateway implements AutoCloseable {
    /** What became of an experiment. */
    record Fate(String state, String reason, boolean evaluated) {
        static final Fate DONE = new Fate("TRAINED", null, true);
        static final Fate RUNNING = new Fate("RUNNING", null, false);
        static final Fate QUEUED = new Fate("QUEUED", null, false);

        static Fate failed(String reason) {
            return new Fate("FAILED", reason, false);
        }
    }

    /** Specifications by experiment, in the order of submission. */
    final Map<String, JsonNode> submitted = new LinkedHashMap<>();

    /** What was asked to be judged, by evaluation. */
    final Map<String, JsonNode> evaluations = new LinkedHashMap<>();

    final Map<String, String> idByKey = new LinkedHashMap<>();
    final List<Integer> underWayAtSubmission = new ArrayList<>();

    /** By specification. */
    volatile Function<JsonNode, Fate> fate = spec -> Fate.DONE;

    /** Status and body to answer a submission with instead of taking it; null to take it. */
    volatile String refusal;

    /** That made the second step of every training. */
    volatile long secondAttempt = 1;

    /** After how many answers more it breaks off; negative for never. */
    volatile int answersLeft = -1;

    private final List<String> ended = new ArrayList<>();
    private HttpServer server;

    public FakeGateway() {
        start();
    }

    void start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        answersLeft = -1;
    }

    /** Every experiment of the method fails. */
    public void failing(String method) {
        fate = spec -> spec.get("method").asText().equals(method) ? Fate.failed("it diverged") : Fate.DONE;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> methodsSubmitted() {
        return submitted.values().stream()
                .map(spec -> spec.get("method").asText() + " " + spec.get("seed"))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (answersLeft == 0) {
            exchange.close();
            return;
        }
        answersLeft--;
        String path = exchange.getRequestURI().getPath();
        String answer = exchange.getRequestMethod().equals("POST")
                ? path.endsWith("/evaluations")
                        ? evaluate(path.split("/")[4], body)
                        : submit(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body)
                : show(path, String.valueOf(exchange.getRequestURI().getQuery()));
        byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        int status = Integer.parseInt(answer.substring(0, 3));
        exchange.getResponseHeaders()
                .add("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String submit(String key, String body) throws IOException {
        if (refusal != null) {
            return refusal;
        }
        if (!idByKey.containsKey(key)) {
            String id = "exp-" + (idByKey.size() + 1);
            idByKey.put(key, id);
            underWayAtSubmission.add(submitted.size() - ended.size());
            submitted.put(id, EventCodec.mapper().readTree(body));
        }
        return "201 {\"id\":\"" + idByKey.get(key) + "\"}";
    }

    private String evaluate(String experiment, String body) throws IOException {
        JsonNode wanted = EventCodec.mapper().readTree(body);
        String id = experiment + "/epoch-00002/" + wanted.get("name").asText();
        evaluations.put(id, wanted);
        return "202 {\"id\":\"" + id + "\"}";
    }

    /** Judged at once, with a gate that fails. */
    private String evaluations(String experiment) {
        StringBuilder all = new StringBuilder();
        evaluations.keySet().stream()
                .filter(id -> id.startsWith(experiment + "/"))
                .forEach(id -> all.append(all.length() == 0 ? "" : ",")
                        .append("{\"id\":\"" + id
                                + "\",\"name\":\"n\",\"epoch\":2,\"last\":true,\"suite\":\"transfer\","
                                + "\"progress\":{\"planned\":3,\"measured\":3,\"failed\":0,\"completed\":true},"
                                + "\"gates\":[{\"gate\":\"black-box-does-not-win\",\"outcome\":\"FAILED\",\"concerns\":[],"
                                + "\"finding\":\"beaten\"}]}"));
        return "[" + all + "]";
    }

    /** As in a real one the clean images and the attack on the model itself stand beside the transferred ones. */
    private String transferred(String experiment, JsonNode spec, JsonNode wanted) {
        if (wanted.has("suite")) {
            return "[" + row(experiment, spec, "clean", 0.75) + "," + row(experiment, spec, "aa-binary-l2@0.5", 0.125)
                    + "]";
        }
        String attack = "pgd-l2-10@" + wanted.get("epsilon").asText();
        StringBuilder rows =
                new StringBuilder(row(experiment, spec, "clean", 0.75) + "," + row(experiment, spec, attack, 0.25));
        wanted.get("transferFrom")
                .forEach(source ->
                        rows.append("," + row(experiment, spec, "from-" + source.asText() + "-" + attack, 0.5)));
        return "[" + rows + "]";
    }

    private String show(String path, String query) {
        if (path.equals("/api/v1/read-model")) {
            return "200 {\"complete\":true,\"partitionsLeft\":0}";
        }
        String[] parts = path.substring("/api/v1/experiments/".length()).split("/");
        JsonNode spec = submitted.get(parts[0]);
        if (spec == null) {
            return "404 {\"title\":\"Not Found\",\"detail\":\"there is no experiment " + parts[0] + "\"}";
        }
        String method = spec.get("method").asText();
        return switch (parts.length == 1 ? "" : parts[1]) {
            case "" -> "200 " + experiment(parts[0], spec);
            case "evaluations" -> "200 " + evaluations(parts[0]);
            case "results" ->
                query.startsWith("evaluation=")
                        ? "200 " + transferred(parts[0], spec, evaluations.get(query.substring("evaluation=".length())))
                        : "200 [" + row(parts[0], spec, "clean", method.equals("erm") ? 1.0 : 0.75) + ","
                                + row(parts[0], spec, "pgd-l2-10@0.5", method.equals("erm") ? 0.25 : 0.75) + "]";
            case "training" -> "200 [" + metric(1, 1, 100, 40) + "," + metric(2, secondAttempt, 300, 60) + "]";
            case "robustness" -> "200 [" + (method.equals("erm") ? gate(parts[0]) : "") + "]";
            case "predictions" -> "200 " + predictions(parts[0], method, query.contains("clean"));
            default -> "404 {\"title\":\"Not Found\"}";
        };
    }

    private String experiment(String id, JsonNode spec) {
        Fate its = fate.apply(spec);
        if (!its.equals(Fate.RUNNING) && !its.equals(Fate.QUEUED)) {
            ended.add(id);
        }
        return "{\"id\":\"" + id + "\",\"spec\":" + spec + ",\"status\":{\"state\":\"" + its.state
                + "\",\"step\":4,\"totalSteps\":4,\"epoch\":2,\"device\":\"cpu\",\"objective\":\"CE\",\"reason\":"
                + (its.reason == null ? "null" : "\"" + its.reason + "\"")
                + "},\"evaluation\":{\"planned\":2,\"measured\":2,\"failed\":0,\"completed\":" + its.evaluated + "}}";
    }

    private static String row(String id, JsonNode spec, String condition, double value) {
        JsonNode details = EventCodec.mapper().valueToTree(LabelledCondition.of(condition));
        StringBuilder rows = new StringBuilder();
        for (String metric : List.of("accuracy", "balanced-accuracy")) {
            rows.append("{\"experiment\":\"" + id + "\",\"dataset\":" + spec.get("dataset") + ",\"method\":"
                    + spec.get("method") + ",\"seed\":" + spec.get("seed") + ",\"conditionDetails\":" + details
                    + ",\"condition\":\"" + condition
                    + "\",\"metric\":\"" + metric + "\",\"value\":" + value + ",\"low\":" + value / 2
                    + ",\"high\":1.0,\"n\":4,\"note\":null,\"constant\":0.5,\"constantAnswer\":\"always class 0\"},");
        }
        return rows.append(
                        "{\"experiment\":\"" + id + "\",\"dataset\":" + spec.get("dataset") + ",\"method\":"
                                + spec.get("method") + ",\"seed\":" + spec.get("seed") + ",\"conditionDetails\":"
                                + details + ",\"condition\":\"" + condition
                                + "\",\"metric\":\"majority-rate\",\"value\":0.5,\"low\":0.2,\"high\":0.8,\"n\":4,\"note\":null}")
                .toString();
    }

    private static String gate(String id) {
        return "{\"type\":\"gate\",\"id\":\"g\",\"time\":\"2026-11-23T10:00:00Z\",\"schemaVersion\":1,\"experimentId\":\""
                + id
                + "\",\"evaluationId\":\"" + id
                + "/epoch-00002\",\"epoch\":2,\"last\":true,\"gate\":\"noise-hurts-less\","
                + "\"outcome\":\"FAILED\",\"concerns\":[\"pgd-l2-10@0.5\"],\"finding\":\"noise: 0.2, attack: 0.25\"}";
    }

    private static String metric(int step, long attempt, double stepMillis, double waitMillis) {
        return "{\"id\":\"m" + step
                + "\",\"time\":\"2026-11-23T10:00:00Z\",\"schemaVersion\":1,\"experimentId\":\"exp\","
                + "\"attempt\":" + attempt + ",\"step\":" + step
                + ",\"totalSteps\":4,\"epoch\":1,\"learningRate\":0.1,\"loss\":1.0,"
                + "\"terms\":{},\"accuracy\":{},\"stepMillis\":" + stepMillis + ",\"waitMillis\":" + waitMillis + "}";
    }

    /** Labels 0, 0, 1, 1: erm is right on all clean and one attacked image, rtda on three of each. */
    private static String predictions(String id, String method, boolean clean) {
        String predicted = method.equals("erm") ? clean ? "[0,0,1,1]" : "[1,1,0,1]" : "[0,0,1,0]";
        return "{\"schemaVersion\":1,\"experimentId\":\"" + id + "\",\"evaluationId\":\"" + id
                + "/epoch-00002\",\"condition\":{\"kind\":\"CLEAN\",\"split\":\"test\"},\"classes\":[\"no\",\"yes\"],"
                + "\"labels\":[0,0,1,1],\"predicted\":" + predicted
                + ",\"probabilities\":[[0.5,0.5],[0.5,0.5],[0.5,0.5],[0.5,0.5]]}";
    }
}
