package org.rtda.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rtda.contracts.ExperimentStatus.State;

/**
 * Compares a disturbed run with an undisturbed run of the same specification.
 *
 * @param lost what the undisturbed run said and this one did not
 * @param doubled what this one said under two ids, so that a consumer counts it twice
 * @param differing what this one said with other content, or that the undisturbed run did not say, the final weights included
 * @param failures the same in sentences; empty when both are equal
 */
record Comparison(int lost, int doubled, int differing, List<String> failures) {
    private static final int NAMED = 3;
    private static final int LONGEST_CONTENT = 300;

    /** Of a run that is over, or was given up. */
    static Comparison of(Outcome undisturbed, Outcome disturbed) {
        List<String> lost = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        List<String> differing = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        if (disturbed.state() == null) {
            failures.add("it did not end");
        } else if (disturbed.state() != State.TRAINED) {
            failures.add("it ended as " + disturbed.state() + ": " + disturbed.reason());
        }
        if (!disturbed.open().isEmpty()) {
            failures.add("evaluations were planned and not completed: " + named(List.copyOf(disturbed.open())));
        }
        undisturbed.steps().forEach((step, contents) -> {
            Set<String> said = disturbed.steps().get(step);
            if (said == null) {
                lost.add("step " + step);
            } else if (!said.equals(contents)) {
                differing.add("step " + step + difference(contents, said));
            }
        });
        undisturbed.figures().forEach((subject, byId) -> {
            Map<String, Set<String>> said = disturbed.figures().get(subject);
            if (said == null) {
                lost.add(subject);
                return;
            }
            if (said.size() > 1) {
                doubled.add(subject);
            }
            Set<String> contents = contents(byId);
            if (!contents(said).equals(contents)) {
                differing.add(subject + difference(contents, contents(said)));
            }
        });
        disturbed.steps().keySet().stream()
                .filter(step -> !undisturbed.steps().containsKey(step))
                .forEach(step -> differing.add("step " + step + " (one too many)"));
        disturbed.figures().keySet().stream()
                .filter(subject -> !undisturbed.figures().containsKey(subject))
                .forEach(subject -> differing.add(subject + " (one too many)"));
        if (disturbed.weights() != null && !Objects.equals(disturbed.weights(), undisturbed.weights())) {
            differing.add("the final weights, " + disturbed.weights() + " instead of " + undisturbed.weights());
        }
        addAll(failures, "lost: ", lost);
        addAll(failures, "doubled: ", doubled);
        addAll(failures, "differing: ", differing);
        return new Comparison(lost.size(), doubled.size(), differing.size(), failures);
    }

    private static Set<String> contents(Map<String, Set<String>> byId) {
        return byId.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String difference(Set<String> wanted, Set<String> said) {
        return " ("
                + said.stream()
                        .filter(content -> !wanted.contains(content))
                        .findFirst()
                        .map(content -> content.substring(0, Math.min(LONGEST_CONTENT, content.length())))
                        .orElse("part of it is missing")
                + ")";
    }

    private static void addAll(List<String> failures, String what, List<String> of) {
        if (!of.isEmpty()) {
            failures.add(what + named(of));
        }
    }

    private static String named(List<String> all) {
        List<String> first = all.subList(0, Math.min(NAMED, all.size()));
        return String.join(", ", first) + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
    }
}
