package org.rtda.preparation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.imaging.duplicate.DuplicateFinder;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;
import org.rtda.store.DatasetImporter;
import org.rtda.store.InvalidDatasetException;
import org.rtda.store.OpenDataset;
import org.rtda.store.SplitImages;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzSource;

/** Looks at NPZ files before they are sent: whether they can be read, and which pictures are there twice. */
public final class CheckArrays {
    private static final String CANNOT_BE_USED = "the folder for temporary files cannot be used: ";

    private final String software;
    private final boolean scale;
    private final Rules rules;
    private final OptionNames names;

    /**
     * @param software name and version, for the record
     * @param scale whether float images in [0,1] become 0 to 255
     * @param names of options, for messages
     */
    public CheckArrays(String software, boolean scale, Rules rules, OptionNames names) {
        this.software = software;
        this.scale = scale;
        this.rules = rules;
        this.names = names;
    }

    /**
     * @param shifts external test sets by label
     * @param classes their names by label; empty where nobody says
     * @param folder for temporary files
     * @throws UncheckedIOException when the folder for temporary files cannot be used
     * @throws ImportRefusal when a file is no data set, or a picture is in two splits with two labels
     * @throws org.rtda.contracts.check.InvalidFieldException when two classes have the same name or one has none
     */
    public PreparedDataset check(Path npz, Map<String, Path> shifts, List<String> classes, TemporaryFolder folder) {
        ImportReport report = ImportReport.NOTHING;
        Map<String, NpzSource> sources = sources(shifts);
        try (OpenDataset open = new NpzDataset(NpzSource.of(npz), sources, scale).open()) {
            // the gateway asks again; whoever tries it out should know before
            DatasetImporter.classes(open.splits(), classes);
            report = new ImportReport(List.of(), List.of(), findings(open.splits(), folder.path()));
            DuplicateRule.require(report.findings(), rules.duplicates(), names);
            Preparation preparation = new Preparation(software, "npz", null, null, DuplicateRule.record(report));
            Map<String, String> counts = new LinkedHashMap<>();
            open.splits().forEach((split, images) -> counts.put(split, Integer.toString(images.count())));
            return new PreparedDataset(
                    npz, sources, new PreparedImages(1, preparation, Map.of()), classes, counts, report);
        } catch (InvalidDatasetException | InvalidSourceException e) {
            throw new ImportRefusal(e.getMessage(), e, report);
        } catch (IOException e) {
            throw new UncheckedIOException(CANNOT_BE_USED + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(CANNOT_BE_USED + e.getMessage(), e.getCause());
        }
    }

    /**
     * @param npz images that were prepared
     * @param shifts external test sets that came as arrays
     * @throws InvalidDatasetException when these are not of the same shape and classes
     */
    static void requireOneDataset(Path npz, Map<String, NpzSource> shifts, List<String> classes) {
        try (OpenDataset open = new NpzDataset(NpzSource.of(npz), shifts, false).open()) {
            DatasetImporter.classes(open.splits(), classes);
        }
    }

    private static Map<String, NpzSource> sources(Map<String, Path> shifts) {
        Map<String, NpzSource> sources = new LinkedHashMap<>();
        shifts.forEach((label, file) -> sources.put(label, NpzSource.of(file)));
        return sources;
    }

    private static ImportFindings findings(Map<String, SplitImages> splits, Path folder) throws IOException {
        SplitImages train = splits.get(SplitNames.TRAIN);
        List<String> names = new ArrayList<>();
        List<String> ofSplits = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        try (PixelSpool spool = PixelSpool.create(folder.resolve("pixels"), train.imageBytes())) {
            for (Map.Entry<String, SplitImages> split : splits.entrySet()) {
                SplitImages images = split.getValue();
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
        }
    }
}
