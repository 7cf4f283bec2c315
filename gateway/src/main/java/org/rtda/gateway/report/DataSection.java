package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.rtda.contracts.DatasetManifest;
import org.rtda.contracts.DatasetRef;
import org.rtda.report.Block;
import org.rtda.report.Cell;
import org.rtda.report.Report;
import org.rtda.report.Table;

/** What the data are and where they come from. */
final class DataSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        DatasetRef dataset = source.submit().dataset();
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(new Block.Fact("Data set", dataset.name()));
        facts.add(new Block.Fact("Manifest", "SHA-256 " + dataset.manifest().sha256()));
        if (source.manifest().isEmpty()) {
            facts.add(new Block.Fact("Details", "not available: the store does not give the manifest"));
            return Report.Section.of("data", "Data", Block.facts(facts));
        }
        DatasetManifest data = source.manifest().get();
        facts.add(new Block.Fact("Provenance", orNotStated(data.provenance())));
        facts.add(new Block.Fact("Licence", orNotStated(data.licence())));
        facts.add(new Block.Fact("Modality", orNotStated(data.modality())));
        facts.add(new Block.Fact(
                "Images",
                data.channels() + " x " + data.height() + " x " + data.width() + " (channels, rows, columns), 8 bits"));
        facts.add(new Block.Fact("Healthy class", source.healthyClass().orElse("not stated")));
        facts.add(new Block.Fact(
                "Imported",
                data.importedAt() == null ? "not stated" : data.importedAt().toString()));
        return Report.Section.of("data", "Data", Block.facts(facts), Block.table(splits(data)));
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
            List<Cell> cells = new ArrayList<>(List.of(Cell.text(name), Cell.text(String.valueOf(split.count()))));
            for (int label = 0; label < data.classes().size(); label++) {
                cells.add(Cell.text(
                        label < split.classCounts().size()
                                ? String.valueOf(split.classCounts().get(label))
                                : "not stated"));
            }
            cells.add(Cell.text(orNotStated(data.sourceSha256().get(name))));
            rows.add(Table.Row.of(cells));
        });
        return new Table("Splits", head, rows);
    }
}
