package org.rtda.contracts.card;

import java.util.Optional;
import java.util.stream.Stream;

/** A fact of a model card that a person can state. The order is that of the template. */
public enum CardItem {
    MODEL_NAME("modelName", "Name of the model", "", "What the model is called where it is used."),
    DEVELOPER("developer", "Developer", "", "Who made the model and answers for it."),
    CONTACT("contact", "Contact", "", "How to reach the developer: address, telephone or e-mail."),
    RELEASE_STAGE("releaseStage", "Stage of release", "", "For example: research prototype, pilot, cleared device."),
    RELEASE_DATE("releaseDate", "Date of release", "", "For example: 2026-11."),
    RELEASE_VERSION("releaseVersion", "Version of release", "", "The developer's own version."),
    AVAILABILITY("availability", "Where it is available", "", "Countries or organisations."),
    REGULATORY_APPROVAL(
            "regulatoryApproval", "Regulatory approval", "", "Approvals with their numbers, or that there is none."),
    INTENDED_USE("intendedUse", "Intended use", "3a, 3b", "For what, and where in the care of a patient."),
    INTENDED_USERS("intendedUsers", "Intended users", "3b", "Who uses it, with what training."),
    HOW_TO_USE("howToUse", "How to use it", "", "What a user does with an answer."),
    POPULATION("population", "Target population", "3a", "Patients for whom it is meant: age, sex, setting."),
    OUT_OF_SCOPE("outOfScope", "Out of scope", "", "Patients, images and settings for which it is not meant."),
    HEALTH_INEQUALITIES(
            "healthInequalities",
            "Health inequalities considered",
            "3c",
            "Between which groups of people, and what follows."),
    DATA_SOURCE("dataSource", "Data source", "5a", "Where the images come from: registry, trial, routine care."),
    COLLECTION_DATES(
            "collectionDates",
            "Dates of collection, prospective or retrospective",
            "5b",
            "From when to when images were collected, and whether for this purpose."),
    SETTING("setting", "Setting: centres, countries", "6a", "How many centres, of what kind, in which countries."),
    ELIGIBILITY(
            "eligibility",
            "Eligibility: inclusion and exclusion",
            "6b",
            "Which patients and images were taken, which left out."),
    DE_IDENTIFICATION(
            "deIdentification", "De-identification of the images", "17", "What was removed from the images and how."),
    SCANNERS(
            "scanners",
            "Modality and acquisition",
            "9a, 9b",
            "Scanners with maker and model, and how images are taken."),
    PREPARATION("preparation", "Data preparation", "7", "What was done to the images before the import."),
    LABELLING(
            "labelling",
            "Ground truth: how, by whom, how well raters agree",
            "8a, 8b, 8c",
            "How labels were made, by how many raters of what experience, how they agree."),
    MISSING_DATA("missingData", "Missing data", "11", "What is missing, and what was done about it."),
    SAMPLE_SIZE("sampleSize", "Sample size: why this many", "10", "Why so many images and no more."),
    CHARACTERISTICS(
            "characteristics",
            "Demographic and clinical characteristics, by partition",
            "20b, 20c",
            "Age, sex, ethnicity, severity of disease in each partition."),
    BIAS_MITIGATION("biasMitigation", "What was done against bias", "14", "In data, training or use."),
    BIASES("biases", "Known biases and ethical considerations", "14, 26", "Groups for which it is known to be worse."),
    RISKS("risks", "Known risks", "26", "What can go wrong in use, and for whom."),
    RISK_LEVEL("riskLevel", "Clinical risk level", "", "As the developer or a regulator judges it."),
    EXPLAINABILITY(
            "explainability", "Explainability methods", "25", "How an answer is explained, and how that was checked."),
    USER_SKILL(
            "userSkill",
            "Skill needed of users, handling of poor input",
            "27a, 27b",
            "What users must know; what happens with poor images."),
    MAINTENANCE(
            "maintenance", "Maintenance and monitoring", "", "Who watches it in use, and when it is trained again."),
    SECURITY("security", "Security in use", "", "How model and images are protected where it runs."),
    ETHICS("ethics", "Ethical approval", "17", "Which committee approved it, with the number."),
    CONSENT(
            "consent",
            "Consent of patients, or disclosure to them",
            "17",
            "Whether patients agreed, or why that was waived."),
    PROTOCOL("protocol", "Protocol and registration", "18c, 18d", "Where the protocol is and where it is registered."),
    CLINICAL_TRIAL("clinicalTrial", "Clinical trial", "", "Trials of the model, with their numbers."),
    PUBLICATIONS("publications", "Peer-reviewed publications", "", "On this model."),
    REFERENCES("references", "Bibliography", "", "BibTeX entries."),
    CODE_AVAILABILITY(
            "codeAvailability",
            "Code and model availability",
            "18f",
            "Where code and model can be had, under which licence."),
    FUNDING("funding", "Funding", "18a", "Who paid."),
    CONFLICTS("conflicts", "Conflicts of interest", "18b", "Of the authors."),
    THIRD_PARTIES("thirdParties", "Third parties", "", "Who else supplied data, weights or software."),
    INVOLVEMENT(
            "involvement",
            "Patient and public involvement",
            "19",
            "How patients and other stakeholders were consulted."),
    REIMBURSEMENT("reimbursement", "Reimbursement", "", "Whether its use is paid for, and by whom.");

    private final String key;
    private final String title;
    private final String tripod;
    private final String hint;

    CardItem(String key, String title, String tripod, String hint) {
        this.key = key;
        this.title = title;
        this.tripod = tripod;
        this.hint = hint;
    }

    /** Its name in documents, for example {@code intendedUse}. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** Items of TRIPOD+AI (Collins et al., BMJ 2024) that it answers; empty for none. */
    public String tripod() {
        return tripod;
    }

    /** What to write. */
    public String hint() {
        return hint;
    }

    public static Optional<CardItem> ofKey(String key) {
        return Stream.of(values()).filter(item -> item.key.equals(key)).findFirst();
    }
}
