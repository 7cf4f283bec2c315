package org.rtda.cli.benchmark.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Quotient;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.contracts.variant.MethodKind;

/**
 * Every combination of data set, attack strength in training, method and seed, made from one specification in which nothing
 * else differs: same epochs, batch, optimiser and evaluation for every method.
 */
public final class BenchmarkGrid {
    /** The method that the others are compared with. */
    public static final String PROPOSED = MethodKind.PROPOSED;

    private static final ObjectMapper STRICT =
            EventCodec.mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final ObjectNode template;
    private final List<String> methods;
    private final List<Long> seeds;
    private final List<DatasetPlan> datasets;
    private final List<Cell> cells;

    /**
     * What is done with one data set.
     *
     * @param epsilons strengths of the attacks in training, rising
     * @param evaluationEpsilons L2 radii of the final evaluation, rising; with those of training where that is L2
     */
    public record DatasetPlan(
            DatasetManifest manifest, String fingerprint, List<Double> epsilons, List<Double> evaluationEpsilons) {
        public String name() {
            return manifest.name();
        }
    }

    private BenchmarkGrid(ObjectNode template, List<String> methods, List<Long> seeds, List<DatasetPlan> datasets) {
        this.template = template;
        this.methods = methods;
        this.seeds = seeds;
        this.datasets = datasets;
        this.cells = expand();
        requireSameBudget();
    }

    /**
     * @param template a specification to begin with; its data set, method, seed, attack strength, evaluation strengths and
     *     quick evaluations are replaced
     * @param methods at least one of {@link KnownNames#METHODS}
     * @param epsilons strengths of the attacks in training for every data set, in pixel units; null for the template's, else
     *     for 0.5 at 1 x 28 x 28 and as much a pixel at other sizes
     * @param evaluationEpsilons L2 radii of the final evaluation; null for the usual ones, see {@link Strengths}
     * @throws InvalidFieldException when a value is not allowed or does not fit a data set
     */
    public static BenchmarkGrid of(
            ObjectNode template,
            List<DatasetManifest> datasets,
            List<String> methods,
            List<Long> seeds,
            List<Double> epsilons,
            List<Double> evaluationEpsilons) {
        Check.inRange("--datasets (how many)", datasets.size(), 1, 1000);
        Check.inRange("--methods (how many)", methods.size(), 1, 1000);
        Check.inRange("--seeds (how many)", seeds.size(), 1, 1000);
        requireNumbers(template);
        for (String method : methods) {
            Check.oneOf("--methods", method, KnownNames.METHODS);
            TrainingCost.of(method);
        }
        List<DatasetPlan> plans = datasets.stream()
                .map(manifest -> plan(template, manifest, epsilons, evaluationEpsilons))
                .toList();
        return new BenchmarkGrid(
                template.deepCopy(),
                List.copyOf(new LinkedHashSet<>(methods)),
                List.copyOf(new LinkedHashSet<>(seeds)),
                plans);
    }

    /** A radius that is no number would count as absent, or as 0, before the specification is read. */
    private static void requireNumbers(ObjectNode template) {
        requireNumber("attack.epsilon", template.path("attack").path("epsilon"));
        requireNumber("attack.stepSize", template.path("attack").path("stepSize"));
        for (String radii : List.of("epsilons", "linfEpsilons")) {
            template.path("evaluation").path(radii).forEach(radius -> requireNumber("evaluation." + radii, radius));
        }
    }

    private static void requireNumber(String field, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull() && !value.isNumber()) {
            throw new InvalidFieldException(
                    field, value.asText(value.toString()), Quotient.allowedInJson(value.asText()));
        }
    }

    private static DatasetPlan plan(
            ObjectNode template, DatasetManifest manifest, List<Double> epsilons, List<Double> evaluationEpsilons) {
        int channels = manifest.channels();
        int height = manifest.height();
        int width = manifest.width();
        String attack = attack(template);
        TreeSet<Double> trained = new TreeSet<>();
        if (epsilons != null) {
            trained.addAll(epsilons);
        } else if (template.path("attack").path("epsilon").isNumber()) {
            trained.add(template.path("attack").path("epsilon").doubleValue());
        } else {
            trained.add(isL2(attack) ? Strengths.trained(channels, height, width) : roundedReference(attack, manifest));
        }
        for (double epsilon : trained) {
            // an upper bound depends on the norm and the images: the specification's own check names it
            Check.above("--epsilons", epsilon, 0, 1000);
        }
        TreeSet<Double> evaluated = new TreeSet<>(
                evaluationEpsilons != null ? evaluationEpsilons : Strengths.evaluated(channels, height, width));
        if (isL2(attack)) {
            evaluated.addAll(trained);
        }
        return new DatasetPlan(manifest, Fingerprint.of(manifest), List.copyOf(trained), List.copyOf(evaluated));
    }

    private static double roundedReference(String attack, DatasetManifest manifest) {
        return settings(Map.of("name", attack))
                .resolvedFor(manifest.channels(), manifest.height(), manifest.width())
                .epsilon();
    }

    private static AttackSettings settings(Map<String, Object> fields) {
        return EventCodec.mapper().convertValue(fields, AttackSettings.class);
    }

    /** For each seed, data set and strength all methods, so that whole comparisons are done first. */
    private List<Cell> expand() {
        Map<String, Cell> expanded = new LinkedHashMap<>();
        for (long seed : seeds) {
            for (DatasetPlan plan : datasets) {
                for (double epsilon : plan.epsilons()) {
                    for (String method : methods) {
                        Cell cell = cell(plan, TrainingCost.of(method).attacks() ? epsilon : null, method, seed);
                        expanded.putIfAbsent(cell.id(), cell);
                    }
                }
            }
        }
        return List.copyOf(expanded.values());
    }

    private Cell cell(DatasetPlan plan, Double epsilon, String method, long seed) {
        ObjectNode draft = template.deepCopy();
        draft.put("dataset", plan.name()).put("method", method).put("seed", seed);
        boolean isL2 = isL2(attack(draft));
        // without attacks in training a strength has no effect but to be one of the evaluated ones, in its norm
        double unused = (isL2 ? plan.evaluationEpsilons() : plan.epsilons()).get(0);
        group(draft, "attack").put("epsilon", epsilon == null ? unused : epsilon);
        ObjectNode evaluation = group(draft, "evaluation").put("everyEpochs", 0);
        if (!isL2) {
            evaluation.set("linfEpsilons", EventCodec.mapper().valueToTree(linfEpsilons(evaluation, plan)));
        }
        evaluation.set("epsilons", EventCodec.mapper().valueToTree(plan.evaluationEpsilons()));
        ExperimentSpec spec = read(draft).resolvedFor(plan.manifest());
        return new Cell(plan.name(), epsilon, method, seed, spec, Fingerprint.of(spec, plan.fingerprint()));
    }

    /** The template's, else the usual ones, and every strength in training: each method is judged at all of them. */
    private static TreeSet<Double> linfEpsilons(ObjectNode evaluation, DatasetPlan plan) {
        TreeSet<Double> radii = new TreeSet<>(plan.epsilons());
        if (evaluation.get("linfEpsilons") instanceof ArrayNode given) {
            given.forEach(radius -> radii.add(radius.doubleValue()));
        } else {
            radii.addAll(EvaluationSettings.LINF_EPSILONS);
        }
        return radii;
    }

    private static boolean isL2(String attack) {
        return AttackKind.trainingNorm(attack).equals("l2");
    }

    private static String attack(ObjectNode draft) {
        return draft.path("attack").path("name").asText(AttackSettings.DEFAULT.name());
    }

    private static ObjectNode group(ObjectNode draft, String name) {
        return draft.get(name) instanceof ObjectNode there ? there : draft.putObject(name);
    }

    private static ExperimentSpec read(ObjectNode draft) {
        try {
            return STRICT.treeToValue(draft, ExperimentSpec.class);
        } catch (UnrecognizedPropertyException e) {
            throw new CommandFailure(
                    "the specification has no field " + e.getPropertyName() + ", only " + e.getKnownPropertyIds(), e);
        } catch (ValueInstantiationException e) {
            throw e.getCause() instanceof InvalidFieldException invalid
                    ? invalid
                    : new CommandFailure("not a valid specification: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("not a valid specification: " + e.getOriginalMessage(), e);
        }
    }

    /** Follows from how a cell is made; kept as a check, since every figure of the table rests on it. */
    private void requireSameBudget() {
        Map<String, JsonNode> ofDataset = new LinkedHashMap<>();
        for (Cell cell : cells) {
            ObjectNode budget = EventCodec.mapper().valueToTree(cell.spec());
            budget.remove(List.of("dataset", "method", "seed"));
            ((ObjectNode) budget.get("attack")).remove(List.of("epsilon", "stepSize"));
            JsonNode first = ofDataset.putIfAbsent(cell.dataset(), budget);
            if (first != null && !first.equals(budget)) {
                throw new IllegalStateException("cell " + cell.id() + " has another training budget than the others: "
                        + budget + " instead of " + first);
            }
        }
    }

    /** In the order in which they are run. */
    public List<Cell> cells() {
        return cells;
    }

    public int size() {
        return cells.size();
    }

    public List<String> methods() {
        return methods;
    }

    public List<Long> seeds() {
        return seeds;
    }

    public List<DatasetPlan> datasets() {
        return datasets;
    }

    /** What all cells began with, as it was given. */
    public JsonNode template() {
        return template;
    }

    /** The cells that are compared at a strength, in the order of methods and seeds. */
    public List<Cell> compared(DatasetPlan plan, double epsilon) {
        List<Cell> compared = new ArrayList<>();
        for (String method : methods) {
            for (Cell cell : cells) {
                if (cell.method().equals(method) && cell.isComparedAt(plan.name(), epsilon)) {
                    compared.add(cell);
                }
            }
        }
        return compared;
    }

    /** An attack of the specification's final evaluation. */
    public static Condition condition(ExperimentSpec spec, String attack, double epsilon) {
        return Condition.attack(
                settings(Map.of(
                        "name",
                        attack,
                        "epsilon",
                        epsilon,
                        "steps",
                        spec.evaluation().attackSteps())),
                SplitNames.TEST);
    }
}
