package org.rtda.benchmarks.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What pages and programs ask a gateway about its experiments.
 *
 * @param steps of an experiment's training
 */
public record ReadModelQuestions(int steps) {
    public static final String EXPERIMENTS = "/api/v1/experiments";

    private static final String EVALUATIONS = "/api/v1/evaluations";

    /** Sets of experiments that are compared, whose predictions are in the store. */
    public static final int COMPARISONS = 10;

    /** What is asked for, each path once: none is answered from what another has left. */
    public record Asked(String what, List<String> paths, double targetMillis) {}

    /**
     * Every kind of question, with the paths that ask it.
     *
     * @param numbers of the experiments that there are
     * @param times how often each kind is asked
     */
    public List<Asked> all(TimedGateway client, List<Integer> numbers, int times) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("list, first page of 50", repeated(EXPERIMENTS, times));
        lists.put("list, first page of 200", repeated(EXPERIMENTS + "?limit=200", times));
        lists.put("list, page after page of 50", pages(client, EXPERIMENTS + "?limit=50", 4 * times));
        lists.put("list, the oldest 200", repeated(EXPERIMENTS + "?limit=200&sort=submittedAt", times));
        lists.put("list, three fields of 200", repeated(EXPERIMENTS + "?limit=200&fields=name,status,headline", times));
        lists.put("list of a data set", each(times, i -> EXPERIMENTS + "?limit=200&dataset=set-" + i % 25));
        lists.put("list of a method", repeated(EXPERIMENTS + "?limit=200&method=trades", times));
        lists.put("list of a network and norm", repeated(EXPERIMENTS + "?network=resnet18&norm=linf", times));
        lists.put(
                "list of a data set, method and radius",
                each(times, i -> EXPERIMENTS + "?dataset=set-" + i % 25 + "&method=rtda&radius=0.5"));
        lists.put("list of a tag that one in a hundred has", repeated(EXPERIMENTS + "?tag=paper", times));
        lists.put("list of a tag that none has", each(times, i -> EXPERIMENTS + "?tag=none-" + i));
        lists.put(
                "list of a network that none has",
                repeated(EXPERIMENTS + "?network=" + PublishedExperiment.NO_ONES_NETWORK, times));
        lists.put("list of a radius that none has", each(times, i -> EXPERIMENTS + "?norm=l2&radius=" + (20 + i)));
        lists.put("list of the failed, of which there are none", repeated(EXPERIMENTS + "?state=FAILED", times));
        lists.put(
                "list of an hour",
                each(
                        times,
                        i -> EXPERIMENTS + "?submittedFrom=2026-01-0" + (1 + i % 7)
                                + "T10:00:00Z&submittedBefore=2026-01-0" + (1 + i % 7) + "T11:00:00Z"));
        lists.put("list of evaluations", repeated(EVALUATIONS + "?limit=200", times));
        lists.put("list of the evaluations that are complete", repeated(EVALUATIONS + "?state=COMPLETED", times));
        lists.put("list of the evaluations that failed", repeated(EVALUATIONS + "?state=FAILED", times));
        lists.put("evaluations of an experiment", ofExperiments(times, numbers, "/evaluations"));
        lists.put("results of an experiment", ofExperiments(times, numbers, "/results"));
        lists.put("training metrics of an experiment", ofExperiments(times, numbers, "/training"));
        lists.put("one experiment", ofExperiments(times, numbers, ""));
        List<Asked> asked = lists.entrySet().stream()
                .map(list -> new Asked(list.getKey(), list.getValue(), 100))
                .collect(Collectors.toCollection(ArrayList::new));
        asked.add(new Asked("comparison of 20 experiments, each set once", each(COMPARISONS, this::comparison), 500));
        return asked;
    }

    private static List<String> repeated(String path, int times) {
        return each(times, i -> path);
    }

    private static List<String> each(int times, IntFunction<String> path) {
        return IntStream.range(0, times).mapToObj(path).toList();
    }

    private static List<String> pages(TimedGateway client, String first, int most) {
        List<String> pages = new ArrayList<>(List.of(first));
        while (pages.size() < most) {
            JsonNode next = client.get(pages.get(pages.size() - 1)).body().get("next");
            if (next == null || next.isNull()) {
                break;
            }
            pages.add(first + "&cursor=" + next.asText());
        }
        return pages;
    }

    private List<String> ofExperiments(int times, List<Integer> numbers, String suffix) {
        Random random = new Random(1);
        return each(times, i -> EXPERIMENTS + "/" + id(numbers.get(random.nextInt(numbers.size()))) + suffix);
    }

    private String id(int number) {
        return new PublishedExperiment(number, steps, PublishedExperiment.NOWHERE).id();
    }

    private String comparison(int set) {
        return "/api/v1/comparisons?experiments="
                + IntStream.range(0, PublishedExperiment.ON_ONE_DATASET)
                        .mapToObj(i -> id(set * PublishedExperiment.ON_ONE_DATASET + i))
                        .collect(Collectors.joining(","));
    }
}
