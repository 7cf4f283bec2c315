package org.rtda.cli.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The parts of an experiment that have not ended, as the gateway shows them.
 *
 * @param run QUEUED or TRAINING; null once the run has ended
 * @param evaluations ids of those that are not complete
 */
public record UnfinishedParts(String run, List<String> evaluations) {
    public UnfinishedParts {
        evaluations = evaluations == null ? List.of() : List.copyOf(evaluations);
    }

    /** For example {@code training; evaluations: exp-1/epoch-00005}; empty where nothing is left. */
    public String inWords() {
        List<String> parts = new ArrayList<>();
        if (run != null) {
            parts.add(run.toLowerCase(Locale.ROOT));
        }
        if (!evaluations.isEmpty()) {
            parts.add("evaluations: " + String.join(", ", evaluations));
        }
        return String.join("; ", parts);
    }
}
