package org.rtda.gateway.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.Condition;

/** The items of a model card, and what of each the system knows. */
final class ModelCard {
    private ModelCard() {}

    record Facts(ReportSource source, Findings findings) {
        ExperimentSpec spec() {
            return source.spec();
        }

        Optional<String> ofData(Function<DatasetManifest, String> fact) {
            return source.manifest().map(fact).filter(text -> !text.isBlank());
        }
    }

    /**
     * @param tripod items of TRIPOD+AI (Collins et al., BMJ 2024)
     * @param known empty for what the system does not know
     */
    record Item(String name, String tripod, Function<Facts, Optional<String>> known) {
        static Item unknown(String name, String tripod) {
            return new Item(name, tripod, facts -> Optional.empty());
        }

        static Item fixed(String name, String tripod, String text) {
            return new Item(name, tripod, facts -> Optional.of(text));
        }
    }

    static final List<Item> ITEMS = List.of(
            Item.fixed(
                    "Intended use",
                    "3a, 3b",
                    "Research on robust training; not for clinical use. Where in care a classifier like it would stand is not stated."),
            Item.fixed(
                    "Objective",
                    "4",
                    "To train an image classifier, and to measure how its answers hold under attack, corruption and shift."),
            Item.unknown("Health inequalities considered", "3c"),
            new Item(
                    "Data source",
                    "5a",
                    facts -> facts.ofData(data -> data.provenance() == null ? "" : data.provenance())),
            Item.unknown("Dates of collection, prospective or retrospective", "5b"),
            new Item("Setting: centres, countries", "6a", facts -> facts.source()
                    .manifest()
                    .flatMap(PreparationFacts::sites)),
            Item.unknown("Eligibility: inclusion and exclusion", "6b"),
            Item.unknown("De-identification of the images", "17"),
            new Item(
                    "Modality and acquisition",
                    "9a, 9b",
                    facts -> facts.ofData(data -> data.modality() == null
                            ? ""
                            : data.modality()
                                    + PreparationFacts.scanners(data)
                                            .map(scanners -> "; " + scanners + "; protocols are unknown")
                                            .orElse("; devices and protocols are unknown"))),
            new Item("Data preparation", "7", facts -> facts.ofData(ModelCard::preparation)),
            Item.unknown("Ground truth: how, by whom, how well raters agree", "8a, 8b, 8c"),
            Item.unknown("Missing data", "11"),
            Item.unknown("Sample size: why this many", "10"),
            new Item("Partitions", "12a, 20a", facts -> facts.ofData(ModelCard::partitions)),
            new Item("Whether a patient is in one partition only", "12a", facts -> facts.source()
                    .manifest()
                    .flatMap(PreparationFacts::patientsApart)),
            new Item("Demographic and clinical characteristics, by partition", "20b, 20c", facts -> facts.source()
                    .manifest()
                    .flatMap(PreparationFacts::characteristics)),
            new Item(
                    "Licence and access to the data",
                    "18e",
                    facts -> facts.ofData(data -> data.licence() == null ? "" : data.licence())),
            new Item("Model", "12c, 22", ModelCard::model),
            new Item(
                    "Model output",
                    "15",
                    facts -> facts.ofData(data -> "a logit for each of the classes " + String.join(", ", data.classes())
                            + "; the softmax is its probability")),
            new Item("Training", "12c", ModelCard::training),
            new Item(
                    "Choice of the final model",
                    "12c",
                    facts -> Optional.of(
                            facts.spec().selection().takesBest()
                                    ? "the epoch with the best robust balanced accuracy on validation images; the test images are never looked at"
                                    : "the last epoch")),
            new Item(
                    "Class imbalance",
                    "13",
                    facts -> Optional.of(
                            facts.spec().classWeights().equals("balanced")
                                    ? "cross entropy weighed by class; balanced accuracy is reported"
                                    : "no weighing in training; balanced accuracy is reported, and what a constant answer scores")),
            Item.fixed(
                    "Figures and their uncertainty",
                    "12e",
                    "accuracy (Wilson's 95% intervals), balanced accuracy (the classes' exact ones combined), AUROC (Newcombe's"
                            + " method 5), calibration error and Brier score (the exact ones of proportions adapted); over images, not over seeds"),
            new Item("Performance", "23a", ModelCard::performance),
            new Item(
                    "External testing",
                    "12d, 23b",
                    facts -> Optional.of(
                            facts.findings().ofKind(Condition.Kind.SHIFT).isEmpty()
                                    ? "none"
                                    : facts.findings().ofKind(Condition.Kind.SHIFT).stream()
                                            .map(m -> m.condition().split())
                                            .collect(Collectors.joining(", ")))),
            new Item("Robustness", "23a", ModelCard::robustness),
            new Item("Fairness across groups", "14", ModelCard::fairness),
            new Item(
                    "Failure analysis",
                    "23b, 25",
                    facts -> Optional.of("confusion by class, misses and false alarms, calibration"
                            + (facts.findings().measured().stream().anyMatch(m -> m.gallery() != null)
                                    ? ", images that were turned"
                                    : "")
                            + ", as far as measured: see the sections; no reading of them by clinicians")),
            Item.unknown("Explainability methods", "25"),
            Item.fixed("Limitations", "26", "see the section on limits"),
            Item.unknown("Skill needed of users, handling of poor input", "27a, 27b"),
            Item.unknown("Ethical approval and consent", "17"),
            Item.unknown("Protocol and registration", "18c, 18d"),
            Item.unknown("Code and model availability", "18f"),
            Item.unknown("Funding", "18a"),
            Item.unknown("Conflicts of interest", "18b"),
            Item.unknown("Patient and public involvement", "19"));

    private static String preparation(DatasetManifest data) {
        return data.channels() + " x " + data.height() + " x " + data.width()
                + " pixels of 8 bits as imported, scaled to [0,1]; "
                + PreparationFacts.pixels(data).orElse("preparation before the import is unknown");
    }

    private static String partitions(DatasetManifest data) {
        return new TreeMap<>(data.splits())
                        .entrySet().stream()
                                .map(split ->
                                        split.getKey() + " " + split.getValue().count() + " "
                                                + split.getValue().classCounts())
                                .collect(Collectors.joining(", "))
                + " images [by class]; "
                + PreparationFacts.assignment(data).orElse("how they were assigned is unknown");
    }

    private static Optional<String> model(Facts facts) {
        return Optional.of(facts.spec().network() + ", "
                + (facts.spec().initialWeights() == null ? "randomly initialised" : "begun with given weights")
                + facts.source()
                        .checkpoint()
                        .map(checkpoint ->
                                "; weights SHA-256 " + checkpoint.weights().sha256())
                        .orElse(""));
    }

    private static Optional<String> training(Facts facts) {
        ExperimentSpec spec = facts.spec();
        return Optional.of(String.format(
                Locale.ROOT,
                "%s, %d epochs of batches of %d, %s, seed %d; loss %s",
                spec.method(),
                spec.epochs(),
                spec.batchSize(),
                spec.optimizer().name(),
                spec.seed(),
                facts.source().status().objective() == null
                        ? "not known yet"
                        : facts.source().status().objective()));
    }

    private static Optional<String> performance(Facts facts) {
        return facts.findings().clean().flatMap(m -> figures(facts, m));
    }

    private static Optional<String> fairness(Facts facts) {
        List<String> worst = SubgroupSection.worst(
                new SubgroupSummary(facts.source().submit().experimentId(), facts.findings()).rows());
        return worst.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", worst));
    }

    private static Optional<String> robustness(Facts facts) {
        return facts.findings().trainingAttack(facts.source()).flatMap(m -> figures(facts, m));
    }

    private static Optional<String> figures(Facts facts, Measured m) {
        String flags = facts.findings().gates().stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED
                        && gate.condemns(m.condition().label()))
                .map(gate -> " ⚑" + gate.flag().id())
                .collect(Collectors.joining());
        String text = FigureTable.USUAL.stream()
                .flatMap(metric -> Findings.defined(m, metric).stream())
                .map(f -> String.format(
                        Locale.ROOT, "%s %.3f [%.3f, %.3f]%s", f.metric(), f.value(), f.low(), f.high(), flags))
                .collect(Collectors.joining(", "));
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(m.condition().label() + ": " + text + ", n "
                        + Subset.imagesInWords(m.values().get(0).n(), m.subset()));
    }
}
