package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The section on the data: what they are and where they come from. */
final class DataSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        DatasetRef dataset = source.submit().dataset();
        List<ReportBlock.Fact> facts = new ArrayList<>();
        facts.add(new ReportBlock.Fact("Data set", dataset.name()));
        facts.add(
                new ReportBlock.Fact("Manifest", "SHA-256 " + dataset.manifest().sha256()));
        if (source.manifest().isEmpty()) {
            facts.add(new ReportBlock.Fact("Details", "not available: the store does not give the manifest"));
            return Report.Section.of("data", "Data", ReportBlock.facts(facts));
        }
        DatasetManifest data = source.manifest().get();
        facts.add(new ReportBlock.Fact("Provenance", orNotStated(data.provenance())));
        facts.add(new ReportBlock.Fact("Licence", orNotStated(data.licence())));
        facts.add(new ReportBlock.Fact("Modality", orNotStated(data.modality())));
        facts.add(new ReportBlock.Fact(
                "Images",
                data.channels() + " x " + data.height() + " x " + data.width() + " (channels, rows, columns), 8 bits"));
        facts.add(new ReportBlock.Fact("Healthy class", source.healthyClass().orElse("not stated")));
        facts.add(new ReportBlock.Fact(
                "Imported",
                data.importedAt() == null ? "not stated" : data.importedAt().toString()));
        return Report.Section.of("data", "Data", ReportBlock.facts(facts), ReportBlock.table(splits(data)));
    }

    static String orNotStated(String text) {
        return text == null || text.isBlank() ? "not stated" : text;
    }

    private static Table splits(DatasetManifest data) {
        List<String> head = new ArrayList<>(List.of("Split", "Images"));
        data.classes().forEach(name -> head.add("of class " + name));
        head.add("SHA-256 of its source file");
        List<Table.Row> rows = new ArrayList<>();
        new TreeMap<>(data.splits()).forEach((name, split) -> {
            List<TableCell> cells =
                    new ArrayList<>(List.of(TableCell.text(name), TableCell.text(String.valueOf(split.count()))));
            for (int label = 0; label < data.classes().size(); label++) {
                cells.add(TableCell.text(
                        label < split.classCounts().size()
                                ? String.valueOf(split.classCounts().get(label))
                                : "not stated"));
            }
            cells.add(TableCell.text(orNotStated(data.sourceSha256().get(name))));
            rows.add(Table.Row.of(cells));
        });
        return new Table("Splits", head, rows);
    }
}
