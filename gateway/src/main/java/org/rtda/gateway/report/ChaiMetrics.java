package org.rtda.gateway.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.rtda.contracts.EventCodec;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Flag;
import org.rtda.report.ReportFigure;

/** The key metrics of a CHAI card: the figures of the report's first page, in percent. */
final class ChaiMetrics {
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private final ReportSource source;
    private final Findings findings;
    private final FrontRows rows;
    private final CardXml xml;

    ChaiMetrics(ReportSource source, Findings findings, FrontRows rows, CardXml xml) {
        this.source = source;
        this.findings = findings;
        this.rows = rows;
        this.xml = xml;
    }

    void write() throws XMLStreamException {
        metric(
                "UsefulnessUsabilityEfficacy",
                "To tell the classes apart on test images as they are.",
                FrontRow.Kind.CLEAN);
        metric("FairnessEquity", "To be as good for the worst subgroup as for all images.", FrontRow.Kind.SUBGROUP);
        metric(
                "SafetyReliability",
                "To keep the answers under attack, corruption and shift.",
                FrontRow.Kind.ATTACKED,
                FrontRow.Kind.WORST_CASE,
                FrontRow.Kind.CORRUPTED,
                FrontRow.Kind.WORST_CORRUPTION,
                FrontRow.Kind.SHIFT);
    }

    private void metric(String element, String goal, FrontRow.Kind... kinds) throws XMLStreamException {
        List<FrontRow> shown = Stream.of(kinds)
                .flatMap(kind -> rows.of(kind).stream())
                .filter(FrontRow::isMeasured)
                .toList();
        xml.inside(element, () -> {
            xml.text("MetricGoal", goal);
            xml.inside("Results", () -> {
                for (FrontRow row : shown) {
                    result(
                            "Balanced accuracy, " + row.images() + flags(row),
                            value(row.headline().figure()));
                }
                if (shown.isEmpty()) {
                    result("Not measured", "{\"kind\":\"single\",\"value\":null}");
                }
            });
            xml.text(
                    "Interpretation",
                    shown.isEmpty()
                            ? ChaiCard.UNKNOWN
                            : shown.stream()
                                    .map(row -> row.images() + ": " + row.figureInWords()
                                            + (row.showsNoSkill()
                                                    ? ", not shown to be better than an answer that is always the same"
                                                    : ""))
                                    .collect(Collectors.joining(". ", "", ".")));
            xml.text("TestType", "Measured on stored images by this system; no reading by clinicians.");
            xml.text(
                    "TestingDataDescription",
                    ModelCard.PARTITIONS
                            .text(new ModelCardItem.Facts(source, findings))
                            .orElse(ChaiCard.UNKNOWN));
            xml.text(
                    "ValidationProcessAndJustification",
                    "95% intervals over images of one training run. Gates check whether the figures can be believed: "
                            + new Verdict(source, findings, rows).believed());
        });
    }

    private void result(String label, String json) throws XMLStreamException {
        xml.inside("MetricResult", () -> {
            xml.text("Label", label);
            xml.text("ValueJson", json);
        });
    }

    private static String flags(FrontRow row) {
        return row.headline().flags().isEmpty()
                ? ""
                : ", not to be relied on, fails "
                        + row.headline().flags().stream().map(Flag::name).collect(Collectors.joining(", "));
    }

    private static String value(ReportFigure figure) {
        var json = EventCodec.mapper().createObjectNode();
        if (figure.low() == null || figure.high() == null) {
            return json.put("kind", "single")
                    .put("value", percent(figure.value()))
                    .toString();
        }
        return json.put("kind", "estimate_ci")
                .put("estimate", percent(figure.value()))
                .put("lower", percent(figure.low()))
                .put("upper", percent(figure.high()))
                .put("level", 95)
                .put("unit", "%")
                .toString();
    }

    private static BigDecimal percent(double share) {
        return BigDecimal.valueOf(share).multiply(PERCENT).setScale(1, RoundingMode.HALF_UP);
    }
}
