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
import org.rtda.contracts.card.CardItem;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.SubgroupSummary;

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
     * @param stated what a person can state of it; null where only the system knows
     * @param known empty for what the system does not know
     */
    record Item(String name, String tripod, CardItem stated, Function<Facts, Optional<String>> known) {
        /** Of which the system knows nothing. */
        static Item stated(CardItem item) {
            return stated(item, facts -> Optional.empty());
        }

        static Item stated(CardItem item, Function<Facts, Optional<String>> known) {
            return new Item(item.title(), item.tripod(), item, known);
        }

        static Item known(String name, String tripod, Function<Facts, Optional<String>> known) {
            return new Item(name, tripod, null, known);
        }

        static Item fixed(String name, String tripod, String text) {
            return known(name, tripod, facts -> Optional.of(text));
        }

        /** What the system knows, then what somebody states. Empty where it is unknown. */
        Optional<String> text(Facts facts) {
            Optional<String> said =
                    Optional.ofNullable(stated).flatMap(facts.source().facts()::of);
            Optional<String> measured = known.apply(facts);
            return said.isPresent() && measured.isPresent()
                    ? Optional.of(measured.get() + ". Stated: " + said.get())
                    : said.or(() -> measured);
        }
    }

    /** Items that other documents show as well. */
    static final Item PARTITIONS = Item.known("Partitions", "12a, 20a", facts -> facts.ofData(ModelCard::partitions));

    static final Item MODEL = Item.known("Model", "12c, 22", ModelCard::model);
    static final Item OUTPUT = Item.known(
            "Model output",
            "15",
            facts -> facts.ofData(data -> "a logit for each of the classes " + String.join(", ", data.classes())
                    + "; the softmax is its probability"));
    static final Item IMBALANCE = Item.known(
            "Class imbalance",
            "13",
            facts -> Optional.of(
                    facts.spec().classWeights().equals("balanced")
                            ? "cross entropy weighed by class; balanced accuracy is reported"
                            : "no weighing in training; balanced accuracy is reported, and what a constant answer scores"));
    static final Item FAIRNESS = Item.known("Fairness across groups", "14", ModelCard::fairness);

    static final List<Item> ITEMS = List.of(
            Item.stated(CardItem.MODEL_NAME),
            Item.stated(CardItem.DEVELOPER),
            Item.stated(CardItem.CONTACT),
            Item.stated(CardItem.RELEASE_STAGE),
            Item.stated(CardItem.RELEASE_DATE),
            Item.stated(CardItem.RELEASE_VERSION),
            Item.stated(CardItem.AVAILABILITY),
            Item.stated(CardItem.REGULATORY_APPROVAL),
            Item.stated(
                    CardItem.INTENDED_USE,
                    facts -> Optional.of("Research on robust training; not for clinical use"
                            + (facts.source().facts().of(CardItem.INTENDED_USE).isPresent()
                                    ? ""
                                    : ". Where in care a classifier like it would stand is not stated"))),
            Item.stated(CardItem.INTENDED_USERS),
            Item.stated(CardItem.HOW_TO_USE),
            Item.stated(CardItem.POPULATION),
            Item.stated(CardItem.OUT_OF_SCOPE),
            Item.fixed(
                    "Objective",
                    "4",
                    "To train an image classifier, and to measure how its answers hold under attack, corruption and shift."),
            Item.stated(CardItem.HEALTH_INEQUALITIES),
            Item.stated(
                    CardItem.DATA_SOURCE,
                    facts -> facts.ofData(data -> data.provenance() == null ? "" : data.provenance())),
            Item.stated(CardItem.COLLECTION_DATES),
            Item.stated(CardItem.SETTING, facts -> facts.source().manifest().flatMap(PreparationFacts::sites)),
            Item.stated(CardItem.ELIGIBILITY),
            Item.stated(CardItem.DE_IDENTIFICATION),
            Item.stated(CardItem.SCANNERS, facts -> facts.ofData(ModelCard::acquisition)),
            Item.stated(CardItem.PREPARATION, facts -> facts.ofData(ModelCard::preparation)),
            Item.stated(CardItem.LABELLING),
            Item.stated(CardItem.MISSING_DATA),
            Item.stated(CardItem.SAMPLE_SIZE),
            PARTITIONS,
            Item.known("Whether a patient is in one partition only", "12a", facts -> facts.source()
                    .manifest()
                    .flatMap(PreparationFacts::patientsApart)),
            Item.stated(
                    CardItem.CHARACTERISTICS,
                    facts -> facts.source().manifest().flatMap(PreparationFacts::characteristics)),
            Item.known(
                    "Licence and access to the data",
                    "18e",
                    facts -> facts.ofData(data -> data.licence() == null ? "" : data.licence())),
            MODEL,
            OUTPUT,
            Item.known("Training", "12c", ModelCard::training),
            Item.known(
                    "Choice of the final model",
                    "12c",
                    facts -> Optional.of(
                            facts.spec().selection().takesBest()
                                    ? "the epoch with the best robust balanced accuracy on validation images; the test images are never looked at"
                                    : "the last epoch")),
            IMBALANCE,
            Item.fixed(
                    "Figures and their uncertainty",
                    "12e",
                    "accuracy (Wilson's 95% intervals), balanced accuracy (the classes' exact ones combined), AUROC (Newcombe's"
                            + " method 5), calibration error and Brier score (the exact ones of proportions adapted); over images, not over seeds"),
            Item.known("Performance", "23a", ModelCard::performance),
            Item.known("External testing", "12d, 23b", ModelCard::externalTesting),
            Item.known("Robustness", "23a", ModelCard::robustness),
            FAIRNESS,
            Item.stated(CardItem.BIAS_MITIGATION),
            Item.stated(CardItem.BIASES),
            Item.known("Failure analysis", "23b, 25", ModelCard::failureAnalysis),
            Item.stated(CardItem.EXPLAINABILITY),
            Item.fixed("Limitations", "26", "see the section on limits"),
            Item.stated(CardItem.RISKS),
            Item.stated(CardItem.RISK_LEVEL),
            Item.stated(CardItem.USER_SKILL),
            Item.stated(CardItem.MAINTENANCE),
            Item.stated(CardItem.SECURITY),
            Item.stated(CardItem.ETHICS),
            Item.stated(CardItem.CONSENT),
            Item.stated(CardItem.PROTOCOL),
            Item.stated(CardItem.CLINICAL_TRIAL),
            Item.stated(CardItem.PUBLICATIONS),
            Item.stated(CardItem.REFERENCES),
            Item.stated(CardItem.CODE_AVAILABILITY),
            Item.stated(CardItem.FUNDING),
            Item.stated(CardItem.CONFLICTS),
            Item.stated(CardItem.THIRD_PARTIES),
            Item.stated(CardItem.INVOLVEMENT),
            Item.stated(CardItem.REIMBURSEMENT));

    /** Of the item that a person can state, what is known and stated; empty where it is unknown. */
    static Optional<String> text(Facts facts, CardItem stated) {
        return ITEMS.stream()
                .filter(item -> item.stated() == stated)
                .findFirst()
                .flatMap(item -> item.text(facts));
    }

    private static String acquisition(DatasetManifest data) {
        return data.modality() == null
                ? ""
                : data.modality()
                        + PreparationFacts.scanners(data)
                                .map(scanners -> "; " + scanners + "; protocols are unknown")
                                .orElse("; devices and protocols are unknown");
    }

    private static Optional<String> externalTesting(Facts facts) {
        List<Measured> shifts = facts.findings().ofKind(Condition.Kind.SHIFT);
        return Optional.of(
                shifts.isEmpty()
                        ? "none"
                        : shifts.stream().map(m -> m.condition().split()).collect(Collectors.joining(", ")));
    }

    private static Optional<String> failureAnalysis(Facts facts) {
        return Optional.of("confusion by class, misses and false alarms, calibration"
                + (facts.findings().measured().stream().anyMatch(m -> m.gallery() != null)
                        ? ", images that were turned"
                        : "")
                + ", as far as measured: see the sections; no reading of them by clinicians");
    }

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
