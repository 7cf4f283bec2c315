package org.rtda.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;

/** One try of a fault: what it may break, and the experiments whose end counts. */
final class Trial {
    private final SystemUnderTest system;
    private final UniformRandomProvider random;
    private final Map<Template, Outcome> undisturbed;
    private final String id;
    private final Map<String, Template> experiments = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> remembered = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();

    /**
     * @param id of this try, in keys of what it sends
     * @param random drawn from the seed, the fault and the try
     */
    Trial(SystemUnderTest system, String id, UniformRandomProvider random, Map<Template, Outcome> undisturbed) {
        this.system = system;
        this.id = id;
        this.random = random;
        this.undisturbed = undisturbed;
    }

    SystemUnderTest system() {
        return system;
    }

    UniformRandomProvider random() {
        return random;
    }

    String id() {
        return id;
    }

    /** One of those, drawn from the seed. */
    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Submits an experiment whose end counts. */
    String submit(Template template) {
        String experimentId = system.gateway().submit(template.specification(), id + "-" + (experiments.size() + 1));
        expect(experimentId, template);
        return experimentId;
    }

    /** The end of this experiment counts, too. */
    void expect(String experimentId, Template template) {
        experiments.put(experimentId, template);
    }

    Set<String> experimentIds() {
        return experiments.keySet();
    }

    Template template(String experimentId) {
        return experiments.get(experimentId);
    }

    /** For the fault's later calls: what it did to what. */
    void remember(String what) {
        remembered.add(what);
    }

    List<String> remembered() {
        return List.copyOf(remembered);
    }

    /** For people to read, whether or not the system recovers: what took how long, or how much memory. */
    void observe(String sentence) {
        observed.add(sentence);
    }

    List<String> observed() {
        return List.copyOf(observed);
    }

    /** Something is wrong. */
    void complain(String sentence) {
        complaints.add(sentence);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    Outcome outcome(String experimentId) {
        return Outcome.of(experimentId, system.watch().of(List.of(experimentId)));
    }

    /** What an undisturbed run came to. */
    Outcome undisturbed(String experimentId) {
        return undisturbed.get(experiments.get(experimentId));
    }

    boolean isOver(String experimentId) {
        return outcome(experimentId).isOver(undisturbed(experimentId));
    }

    boolean isOver() {
        return experimentIds().stream().allMatch(this::isOver);
    }

    /** Different steps or figures of all experiments so far. */
    int said(Topic topic) {
        return experimentIds().stream()
                .map(this::outcome)
                .mapToInt(outcome -> said(topic, outcome))
                .sum();
    }

    /** How many that are when nothing is disturbed. */
    int expected(Topic topic) {
        return experimentIds().stream()
                .map(this::undisturbed)
                .mapToInt(outcome -> said(topic, outcome))
                .sum();
    }

    private static int said(Topic topic, Outcome outcome) {
        return topic == Topic.TRAINING_METRICS
                ? outcome.steps().size()
                : outcome.figures().size();
    }

    /** @return whether it came before everything was over, or nothing moved for so long */
    boolean await(Moment moment, Duration patience) {
        system.watch().await(() -> said(moment.topic()) >= moment.count() || isOver(), patience);
        return said(moment.topic()) >= moment.count();
    }

    /** Waits until all is over, or no work was seen for so long. Starts again what ended by itself. */
    void awaitEnd(Duration patience) {
        long begun = System.nanoTime();
        while (!isOver() && System.nanoTime() - Math.max(begun, lastWork()) < patience.toNanos()) {
            system.replaceDead().forEach(this::complain);
            system.watch().await(this::isOver, Duration.ofSeconds(5));
        }
    }

    private long lastWork() {
        return work().stream().reduce((earlier, later) -> later).orElse(Long.MIN_VALUE);
    }

    /** When work was seen ({@link System#nanoTime}), rising. */
    List<Long> work() {
        return system.watch().of(experimentIds()).stream()
                .filter(Watch.Seen::isWork)
                .map(Watch.Seen::nanos)
                .sorted()
                .toList();
    }

    /** Complains when the gateway does not come to show of an experiment that has ended what the topics say. */
    void checkGateway(String experimentId, Duration patience) {
        State state = outcome(experimentId).state();
        if (state == null) {
            return;
        }
        String[] shown = {""};
        boolean agrees = system.watch()
                .await(
                        () -> {
                            try {
                                JsonNode document =
                                        system.gateway().show(experimentId).body();
                                shown[0] = document.path("status").path("state").asText() + ", evaluation "
                                        + document.path("evaluation");
                                return shows(document, state);
                            } catch (IOException e) {
                                shown[0] = e.toString();
                                return false;
                            }
                        },
                        patience);
        if (!agrees) {
            complain("the gateway shows " + experimentId + " as " + shown[0] + ", it ended as " + state);
        }
    }

    private static boolean shows(JsonNode document, State state) {
        return document.path("status").path("state").asText().equals(state.name())
                && (state != State.TRAINED
                        || document.path("evaluation").path("completed").asBoolean());
    }
}
