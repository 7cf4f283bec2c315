package org.rtda.gateway.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.card.CardItem;

/** The items of a model card, in their order. */
final class ModelCard {
    private ModelCard() {}

    /** Items that other documents show as well. */
    static final ModelCardItem PARTITIONS =
            ModelCardItem.known("Partitions", "12a, 20a", facts -> facts.ofData(PreparationFacts::partitions));

    static final ModelCardItem MODEL = ModelCardItem.known("Model", "12c, 22", ModelCard::model);
    static final ModelCardItem OUTPUT = ModelCardItem.known(
            "Model output",
            "15",
            facts -> facts.ofData(data -> "a logit for each of the classes " + String.join(", ", data.classes())
                    + "; the softmax is its probability"));
    static final ModelCardItem IMBALANCE = ModelCardItem.known(
            "Class imbalance",
            "13",
            facts -> Optional.of(
                    facts.spec().classWeights().equals("balanced")
                            ? "cross entropy weighed by class; balanced accuracy is reported"
                            : "no weighing in training; balanced accuracy is reported, and what a constant answer scores"));
    static final ModelCardItem FAIRNESS = ModelCardItem.known("Fairness across groups", "14", MeasuredFacts::fairness);

    static final List<ModelCardItem> ITEMS = List.of(
            ModelCardItem.stated(CardItem.MODEL_NAME),
            ModelCardItem.stated(CardItem.DEVELOPER),
            ModelCardItem.stated(CardItem.CONTACT),
            ModelCardItem.stated(CardItem.RELEASE_STAGE),
            ModelCardItem.stated(CardItem.RELEASE_DATE),
            ModelCardItem.stated(CardItem.RELEASE_VERSION),
            ModelCardItem.stated(CardItem.AVAILABILITY),
            ModelCardItem.stated(CardItem.REGULATORY_APPROVAL),
            ModelCardItem.stated(
                    CardItem.INTENDED_USE,
                    facts -> Optional.of("Research on robust training; not for clinical use"
                            + (facts.source().facts().of(CardItem.INTENDED_USE).isPresent()
                                    ? ""
                                    : ". Where in care a classifier like it would stand is not stated"))),
            ModelCardItem.stated(CardItem.INTENDED_USERS),
            ModelCardItem.stated(CardItem.HOW_TO_USE),
            ModelCardItem.stated(CardItem.POPULATION),
            ModelCardItem.stated(CardItem.OUT_OF_SCOPE),
            ModelCardItem.fixed(
                    "Objective",
                    "4",
                    "To train an image classifier, and to measure how its answers hold under attack, corruption and shift."),
            ModelCardItem.stated(CardItem.HEALTH_INEQUALITIES),
            ModelCardItem.stated(
                    CardItem.DATA_SOURCE,
                    facts -> facts.ofData(data -> data.provenance() == null ? "" : data.provenance())),
            ModelCardItem.stated(CardItem.COLLECTION_DATES),
            ModelCardItem.stated(
                    CardItem.SETTING, facts -> facts.source().manifest().flatMap(PreparationFacts::sites)),
            ModelCardItem.stated(CardItem.ELIGIBILITY),
            ModelCardItem.stated(CardItem.DE_IDENTIFICATION),
            ModelCardItem.stated(CardItem.SCANNERS, facts -> facts.ofData(PreparationFacts::acquisition)),
            ModelCardItem.stated(CardItem.PREPARATION, facts -> facts.ofData(PreparationFacts::preparation)),
            ModelCardItem.stated(CardItem.LABELLING),
            ModelCardItem.stated(CardItem.MISSING_DATA),
            ModelCardItem.stated(CardItem.SAMPLE_SIZE),
            PARTITIONS,
            ModelCardItem.known("Whether a patient is in one partition only", "12a", facts -> facts.source()
                    .manifest()
                    .flatMap(PreparationFacts::patientsApart)),
            ModelCardItem.stated(
                    CardItem.CHARACTERISTICS,
                    facts -> facts.source().manifest().flatMap(PreparationFacts::characteristics)),
            ModelCardItem.known(
                    "Licence and access to the data",
                    "18e",
                    facts -> facts.ofData(data -> data.licence() == null ? "" : data.licence())),
            MODEL,
            OUTPUT,
            ModelCardItem.known("Training", "12c", ModelCard::training),
            ModelCardItem.known(
                    "Choice of the final model",
                    "12c",
                    facts -> Optional.of(
                            facts.spec().selection().takesBest()
                                    ? "the epoch with the best robust balanced accuracy on validation images; the test images are never looked at"
                                    : "the last epoch")),
            IMBALANCE,
            ModelCardItem.fixed(
                    "Figures and their uncertainty",
                    "12e",
                    "accuracy (Wilson's 95% intervals), balanced accuracy (the classes' exact ones combined), AUROC (Newcombe's"
                            + " method 5), calibration error and Brier score (the exact ones of proportions adapted); over images, not over seeds"),
            ModelCardItem.known("Performance", "23a", MeasuredFacts::performance),
            ModelCardItem.known("External testing", "12d, 23b", MeasuredFacts::externalTesting),
            ModelCardItem.known("Robustness", "23a", MeasuredFacts::robustness),
            FAIRNESS,
            ModelCardItem.stated(CardItem.BIAS_MITIGATION),
            ModelCardItem.stated(CardItem.BIASES),
            ModelCardItem.known("Failure analysis", "23b, 25", MeasuredFacts::failureAnalysis),
            ModelCardItem.stated(CardItem.EXPLAINABILITY),
            ModelCardItem.fixed("Limitations", "26", "see the section on limits"),
            ModelCardItem.stated(CardItem.RISKS),
            ModelCardItem.stated(CardItem.RISK_LEVEL),
            ModelCardItem.stated(CardItem.USER_SKILL),
            ModelCardItem.stated(CardItem.MAINTENANCE),
            ModelCardItem.stated(CardItem.SECURITY),
            ModelCardItem.stated(CardItem.ETHICS),
            ModelCardItem.stated(CardItem.CONSENT),
            ModelCardItem.stated(CardItem.PROTOCOL),
            ModelCardItem.stated(CardItem.CLINICAL_TRIAL),
            ModelCardItem.stated(CardItem.PUBLICATIONS),
            ModelCardItem.stated(CardItem.REFERENCES),
            ModelCardItem.stated(CardItem.CODE_AVAILABILITY),
            ModelCardItem.stated(CardItem.FUNDING),
            ModelCardItem.stated(CardItem.CONFLICTS),
            ModelCardItem.stated(CardItem.THIRD_PARTIES),
            ModelCardItem.stated(CardItem.INVOLVEMENT),
            ModelCardItem.stated(CardItem.REIMBURSEMENT));

    /** Of the item that a person can state, what is known and stated; empty where it is unknown. */
    static Optional<String> text(ModelCardItem.Facts facts, CardItem stated) {
        return ITEMS.stream()
                .filter(item -> item.stated() == stated)
                .findFirst()
                .flatMap(item -> item.text(facts));
    }

    private static Optional<String> model(ModelCardItem.Facts facts) {
        return Optional.of(facts.spec().network() + ", "
                + (facts.spec().initialWeights() == null ? "randomly initialised" : "begun with given weights")
                + facts.source()
                        .checkpoint()
                        .map(checkpoint ->
                                "; weights SHA-256 " + checkpoint.weights().sha256())
                        .orElse(""));
    }

    private static Optional<String> training(ModelCardItem.Facts facts) {
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
}
