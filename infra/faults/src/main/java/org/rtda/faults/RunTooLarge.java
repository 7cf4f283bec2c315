package org.rtda.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Somebody submits a run that the trainer's memory cannot hold; the trainer's data is limited by the operating system. */
record RunTooLarge() implements Fault {
    private static final Path LIMITER = Path.of("/usr/bin/prlimit");
    /** Enough for the fixed experiment, not for the weights of a large network with its gradients and momenta. */
    private static final long DATA_BYTES = 1_300_000_000L;

    @Override
    public String name() {
        return "run-too-large";
    }

    @Override
    public String description() {
        return "a run that does not fit the trainer's memory is submitted; it is refused, or fails with a reason that"
                + " says memory";
    }

    @Override
    public Optional<String> obstacle() {
        return Files.exists(LIMITER) ? Optional.empty() : Optional.of(LIMITER + " is not there");
    }

    @Override
    public void prepare(SystemUnderTest system) {
        system.members(Role.TRAINER).forEach(system::kill);
        start(system);
    }

    @Override
    public void happen(Trial trial) {
        ObjectNode specification = Template.MAIN.specification();
        specification.put("network", "wide-resnet-50-2");
        specification.put("batchSize", Template.TRAIN_IMAGES);
        Gateway.Answer answer;
        try {
            answer = trial.system().gateway().trySubmit(specification, trial.id() + "-large");
        } catch (IOException e) {
            throw new IllegalStateException("the run could not be submitted", e);
        }
        if (answer.status() != 201) {
            requireMemory(
                    trial,
                    "the gateway answered " + answer.status(),
                    answer.body().toString());
            return;
        }
        String id = answer.body().path("id").asText();
        String[] reason = {""};
        boolean failed = trial.system()
                .watch()
                .await(
                        () -> {
                            replaceTrainers(trial.system());
                            JsonNode status = status(trial, id);
                            reason[0] = status.path("reason").asText();
                            return status.path("state").asText().equals("FAILED");
                        },
                        trial.system().limits().patience());
        if (failed) {
            requireMemory(trial, "the run that is too large failed", reason[0]);
        } else {
            trial.complain("the run that is too large did not end within "
                    + trial.system().limits().patience());
        }
    }

    private static void start(SystemUnderTest system) {
        system.awaitWell(system.start(Role.TRAINER, Map.of(), List.of(LIMITER.toString(), "--data=" + DATA_BYTES)));
    }

    /** As a supervisor does with one that the run has killed. */
    private static void replaceTrainers(SystemUnderTest system) {
        for (SystemUnderTest.Member trainer : system.members(Role.TRAINER)) {
            if (!trainer.process().isAlive()) {
                system.kill(trainer);
                start(system);
            }
        }
    }

    private static JsonNode status(Trial trial, String id) {
        try {
            return trial.system().gateway().show(id).body().path("status");
        } catch (IOException e) {
            throw new IllegalStateException("the gateway does not answer", e);
        }
    }

    private static void requireMemory(Trial trial, String what, String words) {
        if (!words.toLowerCase(Locale.ROOT).contains("memory")) {
            trial.complain(what + " without a word on memory: " + words);
        }
    }
}
