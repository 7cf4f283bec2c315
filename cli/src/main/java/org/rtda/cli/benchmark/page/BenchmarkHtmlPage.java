package org.rtda.cli.benchmark.page;

import static org.rtda.report.TableCell.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;

/** Writes {@code report.html}: the content of {@code results.md} with its pictures, for a browser and for paper. */
final class BenchmarkHtmlPage {
    private static final List<String> READING = List.of(
            "A cell is the mean over seeds with Student’s 95% interval over seeds, and the number of seeds. The interval speaks of"
                    + " training randomness alone and is not cut to [0, 1]. With one seed, or where all seeds have the same figure, it"
                    + " is the runs’ interval over test images instead. With one run of each method a difference is called one “in one"
                    + " run each”: it speaks of these two models, not of the methods.",
            "Balanced accuracy is the headline. A constant answer, the last row of a table, names the commonest class for every"
                    + " image: it scores 1/classes there, and the share of that class in plain accuracy.",
            "Threat model: white box and untargeted unless a column names a goal; primary L2 on the image in [0,1] at its own"
                    + " channel count, secondary Linf; normalisation is a layer; float32 end to end. A column names attack, steps"
                    + " and epsilon. Every method had the same epochs, batches, optimiser and evaluation.",
            "Held-out corruptions leave out " + CorruptionKind.sharedWithAugMix()
                    + ", which AugMix applies in training too.",
            "A method that trains without attacks is trained once a seed and stands in the table of every strength.",
            "A difference is called one where the corrected p of the paired tests is under 0.05 and the interval of the accuracy’s"
                    + " difference leaves out 0: over seeds, or of one run each over test images.");

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
        sections.add(Report.Section.of("reading", "How to read it", ReportBlock.points(READING)));
        sections.add(gates());
        for (Comparison comparison : comparisons) {
            sections.add(new ComparisonSection(document, comparison, flags).section(sections.size()));
        }
        List<ReportBlock.Fact> failed = document.cells().stream()
                .filter(cell -> cell.standing().equals("FAILED"))
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
        long done = document.cells().stream()
                .filter(cell -> cell.standing().equals("DONE"))
                .count();
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
