package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.card.CardItem;
import org.rtda.gateway.view.HandMadeEvaluation;
import org.rtda.gateway.view.ReviewedEvaluation;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.report.ReportPage;
import org.rtda.store.DatasetReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class ChaiCardTest {
    private static final String EVIL = "</ModelName><script>&\"'";
    private static final CardFacts FACTS =
            CardFacts.of(Map.of("modelName", EVIL, "funding", "a grant", "regulatoryApproval", "none"));

    private static Reports reports(ReviewedEvaluation given) {
        return new Reports(
                given.views,
                new DatasetReader(given.store, 1 << 20),
                given.store,
                "0.1.0",
                Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));
    }

    private static Document parsed(String card) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(card.getBytes(StandardCharsets.UTF_8)));
    }

    private static String full(CardFacts facts) {
        return reports(new ReviewedEvaluation("pneumonia").full().complete())
                .chaiCard("exp-1", facts)
                .orElseThrow();
    }

    private static String text(Document card, String element) {
        return card.getElementsByTagNameNS(ChaiCard.NAMESPACE, element).item(0).getTextContent();
    }

    private static List<String> children(Document card, String element) {
        List<String> names = new ArrayList<>();
        Node parent = card.getElementsByTagNameNS(ChaiCard.NAMESPACE, element).item(0);
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                names.add(child.getLocalName());
            }
        }
        return names;
    }

    @Test
    void theCardHasTheElementsOfVersionTwoInTheirOrder() throws Exception {
        Document card = parsed(full(FACTS));

        assertThat(children(card, "AppliedModelCard"))
                .containsExactly(
                        "BasicInfo",
                        "ReleaseInfo",
                        "ModelSummary",
                        "UsesAndDirections",
                        "Warnings",
                        "TrustIngredients",
                        "KeyMetrics",
                        "Resources",
                        "Bibliography");
        assertThat(children(card, "ReleaseInfo"))
                .containsExactly(
                        "ReleaseStage", "ReleaseDate", "ReleaseVersion", "GlobalAvailability", "RegulatoryApproval");
        assertThat(children(card, "KeyMetrics"))
                .containsExactly("UsefulnessUsabilityEfficacy", "FairnessEquity", "SafetyReliability");
    }

    @Test
    void whatIsStatedStandsAndTheRestIsUnknownOrLeftOut() throws Exception {
        Document card = parsed(full(FACTS));

        assertThat(text(card, "ModelName")).isEqualTo(EVIL);
        assertThat(text(card, "FundingSource")).isEqualTo("a grant");
        assertThat(text(card, "ModelDeveloper")).isEqualTo("Unknown: nobody has stated it.");
        assertThat(children(card, "Resources"))
                .containsExactly("EvaluationReferences", "PeerReviewedPublications", "PatientConsentOrDisclosure");
        assertThat(children(parsed(full(CardFacts.NONE)), "ReleaseInfo")).doesNotContain("RegulatoryApproval");
    }

    /** Of 624 images, give or take 1/sqrt(624) = 4.0 points. */
    @Test
    void keyMetricsAreTheFiguresOfTheFirstPageInPercentWithTheirFlags() throws Exception {
        String card = full(CardFacts.NONE);

        assertThat(card)
                .contains("<Label>Balanced accuracy, as they are</Label>")
                .contains(
                        "{\"kind\":\"estimate_ci\",\"estimate\":91.0,\"lower\":87.0,\"upper\":95.0,\"level\":95,\"unit\":\"%\"}")
                .contains("attacked at the radius of training, not to be relied on, fails attack-has-converged");
    }

    @Test
    void whatIsNotMeasuredHasNoValue() throws Exception {
        HandMadeEvaluation given = new HandMadeEvaluation("malignant", "drawn");
        given.gate("noise-hurts-less", Outcome.NOT_JUDGED, List.of(), "no noise");
        String card = new Reports(
                        given.views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .chaiCard("exp-1", CardFacts.NONE)
                .orElseThrow();

        assertThat(card).contains("<Label>Not measured</Label>", "{\"kind\":\"single\",\"value\":null}");
        assertThat(parsed(card)
                        .getElementsByTagNameNS(ChaiCard.NAMESPACE, "MetricResult")
                        .getLength())
                .isEqualTo(3);
    }

    @Test
    void everyItemThatCanBeStatedIsInTheReportsCardOnce() {
        assertThat(ModelCard.ITEMS.stream().map(ModelCardItem::stated).filter(item -> item != null))
                .containsExactlyInAnyOrder(CardItem.values());
    }

    @Test
    void theReportsCardHasWhatIsStatedBesideWhatTheSystemKnows() {
        CardFacts facts = CardFacts.of(Map.of("dataSource", "screening <b>2019</b>", "consent", "waived"));
        String html = ReportPage.render(
                reports(new ReviewedEvaluation("pneumonia").standard().complete())
                        .of("exp-1", false, facts)
                        .orElseThrow());

        org.jsoup.nodes.Document page = Jsoup.parse(html);
        assertThat(page.select("#model-card tr:contains(Data source) td").get(0).text())
                .startsWith("drawn for a test of the report")
                .endsWith(". Stated: screening <b>2019</b>");
        assertThat(page.select("#model-card tr:contains(Consent) td").get(0).text())
                .isEqualTo("waived");
        assertThat(page.select("#model-card p").last().text())
                .doesNotContain("Consent")
                .contains("Funding");
        assertThat(page.select("#model-card b")).isEmpty();
    }

    /** RTDA_CHAI_SCHEMA is the file v0.2/schema.xsd of the Coalition for Health AI. */
    @Test
    void thePublishedSchemaAllowsTheCard() throws Exception {
        String schema = System.getenv("RTDA_CHAI_SCHEMA");
        assumeTrue(schema != null, "RTDA_CHAI_SCHEMA does not name the published schema");
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        String signatures = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'"
                + " targetNamespace='http://www.w3.org/2000/09/xmldsig#'><xs:element name='Signature'/></xs:schema>";
        Schema published = factory.newSchema(new Source[] {
            new StreamSource(new StringReader(signatures)),
            new StreamSource(Path.of(schema).toFile())
        });

        for (String card :
                Stream.of(FACTS, CardFacts.NONE).map(ChaiCardTest::full).toList()) {
            published.newValidator().validate(new StreamSource(new StringReader(card)));
        }
    }
}
