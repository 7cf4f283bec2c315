package org.rtda.gateway.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import org.rtda.contracts.card.CardItem;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.ReportBlock;

/**
 * The applied model card of the Coalition for Health AI, version 0.2, as an XML document. What nobody knows is written as
 * unknown where the card must have it, and left out where it need not.
 */
final class ChaiCard {
    static final String NAMESPACE = "https://mc.chai.org/v0.2/schema.xsd";
    static final String UNKNOWN = "Unknown: nobody has stated it.";

    private final ReportSource source;
    private final Findings findings;
    private final ModelCardItem.Facts facts;
    private final FrontRows rows;
    private final CardXml xml;

    private ChaiCard(ReportSource source, CardXml xml) {
        this.source = source;
        this.findings = new Findings(source.evaluations());
        this.facts = new ModelCardItem.Facts(source, findings);
        this.rows = new FrontRows(source, findings);
        this.xml = xml;
    }

    static String of(ReportSource source) {
        StringWriter out = new StringWriter();
        try {
            CardXml xml = new CardXml(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out));
            xml.document(NAMESPACE, "AppliedModelCard", new ChaiCard(source, xml)::write);
            return out.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private void write() throws XMLStreamException {
        xml.inside("BasicInfo", () -> {
            xml.text(
                    "ModelName",
                    text(CardItem.MODEL_NAME)
                            .orElse(source.spec().method() + " on "
                                    + source.spec().dataset() + ", "
                                    + source.submit().experimentId()));
            required("ModelDeveloper", CardItem.DEVELOPER);
            required("DeveloperContact", CardItem.CONTACT);
        });
        xml.inside("ReleaseInfo", () -> {
            required("ReleaseStage", CardItem.RELEASE_STAGE);
            required("ReleaseDate", CardItem.RELEASE_DATE);
            required("ReleaseVersion", CardItem.RELEASE_VERSION);
            required("GlobalAvailability", CardItem.AVAILABILITY);
            optional("RegulatoryApproval", CardItem.REGULATORY_APPROVAL);
        });
        xml.inside("ModelSummary", this::summary);
        xml.inside("UsesAndDirections", () -> {
            required("IntendedUseAndWorkflow", CardItem.INTENDED_USE);
            required("PrimaryIntendedUsers", CardItem.INTENDED_USERS);
            required("HowToUse", CardItem.HOW_TO_USE);
            required("TargetedPatientPopulation", CardItem.POPULATION);
            required("CautionedOutOfScopeSettings", CardItem.OUT_OF_SCOPE);
        });
        xml.inside("Warnings", () -> {
            xml.text(
                    "KnownRisksAndLimitations",
                    joined(List.of(text(CardItem.RISKS), Optional.of(list(LimitsSection.limits(source, findings))))));
            xml.text(
                    "KnownBiasesOrEthicalConsiderations",
                    joined(List.of(text(CardItem.BIASES), ModelCard.FAIRNESS.text(facts))));
            required("ClinicalRiskLevel", CardItem.RISK_LEVEL);
        });
        xml.inside("TrustIngredients", () -> {
            xml.inside("AISystemFacts", this::systemFacts);
            xml.inside("TransparencyInformation", () -> {
                required("FundingSource", CardItem.FUNDING);
                optional("ThirdPartyInformation", CardItem.THIRD_PARTIES);
                required("StakeholdersConsulted", CardItem.INVOLVEMENT);
            });
        });
        xml.inside("KeyMetrics", () -> new ChaiMetrics(source, findings, rows, xml).write());
        xml.inside("Resources", () -> {
            xml.text(
                    "EvaluationReferences",
                    "The report of experiment " + source.submit().experimentId() + ", written " + source.writtenAt()
                            + ", has every figure.");
            optional("ClinicalTrial", CardItem.CLINICAL_TRIAL);
            required("PeerReviewedPublications", CardItem.PUBLICATIONS);
            optional("ReimbursementStatus", CardItem.REIMBURSEMENT);
            required("PatientConsentOrDisclosure", CardItem.CONSENT);
        });
        xml.text("Bibliography", text(CardItem.REFERENCES).orElse(""));
    }

    private void summary() throws XMLStreamException {
        List<ReportBlock.Fact> sentences = new Verdict(source, findings, rows).sentences();
        xml.text(
                "Summary",
                list(sentences.stream()
                        .map(fact -> fact.name() + ": " + fact.value())
                        .toList()));
        xml.inside("Keywords", () -> {
            for (String keyword : List.of(
                    "medical image classification",
                    "adversarial robustness",
                    source.spec().method())) {
                xml.text("Keyword", keyword);
            }
        });
    }

    private void systemFacts() throws XMLStreamException {
        xml.text("OutcomesAndOutputs", ModelCard.OUTPUT.text(facts).orElse(UNKNOWN));
        xml.text("ModelType", ModelCard.MODEL.text(facts).orElse(UNKNOWN));
        required("InputDataSource", CardItem.DATA_SOURCE);
        xml.text("OutputAndInputDataTypes", joined(List.of(text(CardItem.SCANNERS), text(CardItem.PREPARATION))));
        xml.text(
                "DevelopmentDataCharacterization",
                joined(List.of(
                        ModelCard.PARTITIONS.text(facts),
                        text(CardItem.CHARACTERISTICS),
                        text(CardItem.SETTING),
                        text(CardItem.COLLECTION_DATES),
                        text(CardItem.ELIGIBILITY),
                        text(CardItem.LABELLING))));
        xml.text(
                "BiasMitigationApproaches",
                joined(List.of(text(CardItem.BIAS_MITIGATION), ModelCard.IMBALANCE.text(facts))));
        required("OngoingMaintenance", CardItem.MAINTENANCE);
        optional("Security", CardItem.SECURITY);
    }

    private Optional<String> text(CardItem item) {
        return ModelCard.text(facts, item);
    }

    private void required(String element, CardItem item) throws XMLStreamException {
        xml.text(element, text(item).orElse(UNKNOWN));
    }

    private void optional(String element, CardItem item) throws XMLStreamException {
        Optional<String> text = text(item);
        if (text.isPresent()) {
            xml.text(element, text.get());
        }
    }

    private static String joined(List<Optional<String>> texts) {
        String joined = texts.stream().flatMap(Optional::stream).collect(Collectors.joining("\n\n"));
        return joined.isEmpty() ? UNKNOWN : joined;
    }

    /** In Markdown, which the card's texts are. */
    private static String list(List<String> points) {
        return points.stream().map(point -> "- " + point).collect(Collectors.joining("\n"));
    }
}
