package org.rtda.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus.State;

/**
 * The messages of an experiment on the topics, without what differs from run to run: its id, times, attempts and
 * process names. So the outcomes of two runs of one specification are equal.
 *
 * <p>Topics are at-least-once. A consumer tells what it knows already by what a record is about: a training metric by its
 * step (a trainer that goes on from a checkpoint does some steps again and says so under its own attempt, with the same
 * numbers), everything that an evaluation says by its id.
 *
 * @param state the first final one; null while there is none
 * @param reason of the failure; null where it did not fail
 * @param weights SHA-256 of the last checkpoint's; null without one
 * @param steps by step: every content that was said of it
 * @param figures by what they are about (evaluation, kind, condition or gate): by id, every content under it
 * @param open evaluations that were planned and not completed
 * @param completed evaluations
 */
record Outcome(
        State state,
        String reason,
        String weights,
        Map<Long, Set<String>> steps,
        Map<String, Map<String, Set<String>>> figures,
        Set<String> open,
        Set<String> completed) {
    private static final List<String> OF_THE_RUN = List.of(
            "id",
            "time",
            "attempt",
            "experimentId",
            "stepMillis",
            "waitMillis",
            "augmentWaitMillis",
            "attackWaitMillis");
    /** References to documents that name the experiment: their keys are compared, their sums cannot be. */
    private static final List<String> REFERENCES = List.of("predictions", "gallery");

    /** The entries of a map have no order, and each process writes them in one of its own. */
    private static final ObjectMapper SORTED =
            EventCodec.mapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /** @param seen of this experiment alone */
    static Outcome of(String experimentId, List<Watch.Seen> seen) {
        State state = null;
        String reason = null;
        String weights = null;
        Map<Long, Set<String>> steps = new TreeMap<>();
        Map<String, Map<String, Set<String>>> figures = new TreeMap<>();
        Set<String> open = new TreeSet<>();
        Set<String> completed = new TreeSet<>();
        for (Watch.Seen each : seen) {
            JsonNode document = each.document();
            switch (each.topic()) {
                case EXPERIMENT_STATUS -> {
                    State said = State.valueOf(document.path("state").asText());
                    if (state == null && said.isFinal()) {
                        state = said;
                        reason = document.path("reason").asText(null);
                    }
                }
                case CHECKPOINTS -> {
                    if (document.path("last").asBoolean()) {
                        weights = document.path("weights").path("sha256").asText();
                    }
                }
                case TRAINING_METRICS ->
                    steps.computeIfAbsent(document.path("step").asLong(), step -> new TreeSet<>())
                            .add(content(experimentId, document));
                case ROBUSTNESS_METRICS -> {
                    switch (document.path("type").asText()) {
                        case "planned" -> open.add(evaluation(experimentId, document));
                        case "completed" -> completed.add(evaluation(experimentId, document));
                        default -> {
                            // of a condition or a gate
                        }
                    }
                    figures.computeIfAbsent(subject(experimentId, document), subject -> new TreeMap<>())
                            .computeIfAbsent(document.path("id").asText(), id -> new TreeSet<>())
                            .add(content(experimentId, document));
                }
                default -> {
                    // commands and dead letters are no part of what came out
                }
            }
        }
        open.removeAll(completed);
        return new Outcome(state, reason, weights, steps, figures, open, completed);
    }

    /** Records that say something new, of training and of evaluations. */
    int said() {
        return steps.size() + figures.size();
    }

    /** Whether nothing more is to come: it failed or was cancelled, or is trained and all that was planned is judged. */
    boolean isOver(Outcome undisturbed) {
        return state == State.FAILED
                || state == State.CANCELLED
                || state == State.TRAINED && open.isEmpty() && completed.containsAll(undisturbed.completed);
    }

    /** For example {@code epoch-00003 result of gaussian-noise@5}: measured and failed are answers to one question. */
    private static String subject(String experimentId, JsonNode document) {
        String evaluation = evaluation(experimentId, document);
        String type = document.path("type").asText();
        return switch (type) {
            case "measured", "failed" -> evaluation + " result of " + content(experimentId, document.path("condition"));
            case "gate" -> evaluation + " gate " + document.path("gate").asText();
            default -> evaluation + " " + type;
        };
    }

    /** Within its experiment, so that two runs have the same. */
    private static String evaluation(String experimentId, JsonNode document) {
        return document.path("evaluationId").asText().replace(experimentId + "/", "");
    }

    private static String content(String experimentId, JsonNode document) {
        JsonNode copy = document.deepCopy();
        if (copy instanceof ObjectNode fields) {
            fields.remove(OF_THE_RUN);
            for (String reference : REFERENCES) {
                if (fields.get(reference) instanceof ObjectNode kept) {
                    kept.remove(List.of("sha256", "sizeBytes"));
                }
            }
        }
        try {
            return SORTED.writeValueAsString(SORTED.convertValue(copy, Object.class))
                    .replace(experimentId, "EXPERIMENT");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written as JSON", e);
        }
    }
}
