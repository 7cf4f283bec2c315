package org.rtda.cli.benchmark.page;

import static org.rtda.report.TableCell.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;

/** Writes {@code report.html}: the content of {@code results.md} with its pictures, for a browser and for paper. */
final class BenchmarkHtmlPage {
    private final ResultsDocument document;
    private final List<Comparison> comparisons;
    private final MethodFlags flags;

    BenchmarkHtmlPage(ResultsDocument document, List<Comparison> comparisons) {
        this.document = document;
        this.comparisons = comparisons;
        this.flags = new MethodFlags(comparisons);
    }

    Report report(String id, String title) {
        List<Report.Section> sections = new ArrayList<>();
        sections.add(Report.Section.of("reading", "How to read it", ReportBlock.points(ReadingNotes.forHtml())));
        sections.add(gates());
        for (Comparison comparison : comparisons) {
            sections.add(new ComparisonSection(document, comparison, flags).section(sections.size()));
        }
        List<ReportBlock.Fact> failed = document.failedCells().stream()
                .map(cell -> new ReportBlock.Fact(cell.id(), String.valueOf(cell.reason())))
                .toList();
        if (!failed.isEmpty()) {
            sections.add(Report.Section.of("failures", "Runs that failed", ReportBlock.facts(failed)));
        }
        sections.add(data());
        sections.add(setting().in(Report.Part.APPENDIX));
        sections.add(0, new ComparisonFront(comparisons, document.grid().methods(), flags).section());
        return new Report(Report.SCHEMA_VERSION, id, title, document.writtenAt(), notices(), sections);
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        long done = document.cellsDone();
        if (done < document.cells().size()) {
            notices.add(done + " of " + document.cells().size() + " runs are done: this is not the final table.");
        }
        if (!flags.rows().isEmpty()) {
            notices.add("Some methods have runs that fail a gate; all their figures are flagged.");
        }
        return notices;
    }

    private Report.Section gates() {
        return flags.rows().isEmpty()
                ? Report.Section.of("gates", "Gates", ReportBlock.text("No run fails a gate that was judged."))
                : Report.Section.of(
                        "gates",
                        "Gates that were not passed",
                        ReportBlock.text(
                                "A method’s figures over seeds carry its flag when one of its runs fails a gate. None is left out."),
                        ReportBlock.table(
                                new Table(null, List.of("Flag", "Data set", "Method", "Findings"), flags.rows())));
    }

    private Report.Section data() {
        List<Table.Row> rows = document.grid().datasets().stream()
                .map(set -> Table.Row.of(
                        text(set.name()),
                        text(set.channels() + " x " + set.height() + " x " + set.width()),
                        text(String.join(", ", set.classes())),
                        text(set.images().entrySet().stream()
                                .map(split -> split.getKey() + " " + split.getValue())
                                .collect(Collectors.joining(", "))),
                        text(stated(set.provenance())),
                        text(stated(set.licence())),
                        text(set.fingerprint())))
                .toList();
        return Report.Section.of(
                "data",
                "Data",
                ReportBlock.table(new Table(
                        null,
                        List.of("Data set", "Shape", "Classes", "Images", "Provenance", "Licence", "Fingerprint"),
                        rows)));
    }

    private static String stated(String text) {
        return text == null || text.isBlank() ? "not stated" : text;
    }

    private Report.Section setting() {
        List<ReportBlock.Fact> facts = new ArrayList<>();
        facts.add(new ReportBlock.Fact(
                "Methods", String.join(", ", document.grid().methods())));
        facts.add(new ReportBlock.Fact(
                "Seeds", document.grid().seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        List<String> given = new ArrayList<>();
        collect("", document.grid().template(), given);
        facts.add(new ReportBlock.Fact(
                "Specification as given", given.isEmpty() ? "all defaults" : String.join("; ", given)));
        document.versions().forEach((name, version) -> facts.add(new ReportBlock.Fact("Version of " + name, version)));
        return Report.Section.of("setting", "Setting", ReportBlock.facts(facts));
    }

    /** Each value with its path: {@code attack.epsilon 0.5}. */
    private static void collect(String path, JsonNode value, List<String> into) {
        if (value.isObject()) {
            value.properties().forEach(field -> {
                String within = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                collect(within, field.getValue(), into);
            });
        } else if (value.isArray()) {
            List<String> members = new ArrayList<>();
            value.forEach(member -> members.add(member.asText()));
            into.add(path + " " + String.join(", ", members));
        } else {
            into.add(path + " " + value.asText());
        }
    }
}
