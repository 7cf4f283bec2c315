package org.rtda.gateway;

import java.util.List;

/**
 * A report as texts, tables and drawings, ready for its page, which escapes every text. Charts are SVG, empty when there is
 * nothing to draw.
 *
 * @param notice what keeps the report from being final; null when nothing does
 */
record ReportModel(
        String id,
        String title,
        String notice,
        List<Fact> headline,
        List<Fact> configuration,
        String objective,
        List<String> threatModel,
        List<Fact> data,
        String robustnessChart,
        Table robustness,
        List<String> checks,
        Table corruptions,
        Table shifts,
        List<Fact> failed,
        String lossChart,
        String accuracyChart,
        Table figures,
        List<String> limits) {

    record Fact(String name, String value) {}

    record Table(List<String> head, List<List<String>> rows) {}
}
