package org.rtda.cli.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.imaging.duplicate.DuplicateFinder;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.store.InvalidDatasetException;
import org.rtda.store.NpzDataset;
import org.rtda.store.NpzSource;
import org.rtda.store.OpenDataset;
import org.rtda.store.SplitImages;

/** Looks at NPZ files before they are sent: whether they can be read, and which pictures are there twice. */
public final class CheckArrays {
    private final String software;
    private final boolean scale;
    private final Rules rules;

    /** @param scale whether float images in [0,1] become 0 to 255 */
    public CheckArrays(String software, boolean scale, Rules rules) {
        this.software = software;
        this.scale = scale;
        this.rules = rules;
    }

    /**
     * @param shifts external test sets by label
     * @param classes their names by label; empty where nobody says
     * @throws ImportRefusal when a file is no data set, or a picture is in two splits with two labels
     */
    public PreparedDataset check(Path npz, Map<String, Path> shifts, List<String> classes) {
        ImportReport report = new ImportReport(List.of(), List.of(), ImportFindings.NONE);
        try (OpenDataset open = new NpzDataset(NpzSource.of(npz), sources(shifts), scale).open()) {
            report = new ImportReport(List.of(), List.of(), findings(open.splits()));
            DuplicateRule.require(report.findings(), rules.duplicates());
            Preparation preparation = new Preparation(software, "npz", null, null, DuplicateRule.record(report));
            Map<String, String> counts = new LinkedHashMap<>();
            open.splits().forEach((split, images) -> counts.put(split, Integer.toString(images.count())));
            return new PreparedDataset(
                    npz, shifts, new PreparedImages(1, preparation, Map.of()), classes, counts, report, null);
        } catch (InvalidDatasetException | CommandFailure e) {
            throw new ImportRefusal(e.getMessage(), e, report);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("the folder for temporary files cannot be used: " + e.getMessage(), e);
        }
    }

    private static Map<String, NpzSource> sources(Map<String, Path> shifts) {
        Map<String, NpzSource> sources = new LinkedHashMap<>();
        shifts.forEach((label, file) -> sources.put(label, NpzSource.of(file)));
        return sources;
    }

    /** Among the images of one shape; others the gateway refuses with its reason. */
    private static ImportFindings findings(Map<String, SplitImages> splits) throws IOException {
        SplitImages train = splits.get("train");
        List<String> names = new ArrayList<>();
        List<String> ofSplits = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        Path folder = PreparedDataset.temporaryFolder();
        try (PixelSpool spool = PixelSpool.create(folder.resolve("pixels"), train.imageBytes())) {
            for (Map.Entry<String, SplitImages> split : splits.entrySet()) {
                SplitImages images = split.getValue();
                if (!images.shapeText().equals(train.shapeText())) {
                    continue;
                }
                try (SplitImages.Reader reader = images.images()) {
                    for (int i = 0; i < images.count(); i++) {
                        spool.write(names.size(), reader.next());
                        names.add(images.file() + " image " + i);
                        ofSplits.add(split.getKey());
                        labels.add(Integer.toString(images.labels()[i]));
                    }
                }
            }
            return ImportFindings.of(
                    new DuplicateFinder(train.height(), train.width(), spool).find(names.size()),
                    ofSplits,
                    labels,
                    names::get);
        } finally {
            PreparedDataset.remove(folder);
        }
    }
}
