package org.rtda.cli.dataset;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;
import org.rtda.imaging.source.SourceOptions;
import org.rtda.preparation.ImageSettings;
import org.rtda.preparation.SettingReader;
import picocli.CommandLine.Option;

/** Options of an import that apply to files of images: reading, preparation, labels and splits. */
public final class ImageOptions {
    /** What has no meaning for images that come as arrays. */
    public static final List<String> NAMES = List.of(
            "--side",
            "--channels",
            "--fit",
            "--window",
            "--frame",
            "--split",
            "--seed",
            "--patient-pattern",
            "--label-column",
            "--column",
            "--root",
            "--encoding",
            "--map",
            "--keep-names");

    /** Of one file. */
    static final ReadLimits LIMITS = new ReadLimits(256L << 20, 32L << 20);

    @Option(
            names = "--side",
            paramLabel = "PIXELS",
            defaultValue = "64",
            description = "side of the square that each image becomes, 8 to 1024 (default: ${DEFAULT-VALUE})")
    private int side;

    @Option(
            names = "--channels",
            paramLabel = "1|3",
            defaultValue = "1",
            description = "1 for grey, 3 for colour (default: ${DEFAULT-VALUE})")
    private int channels;

    @Option(
            names = "--fit",
            paramLabel = "pad|crop",
            defaultValue = "pad",
            description = "how an image becomes a square: pad adds black bars, crop keeps its middle (default:"
                    + " ${DEFAULT-VALUE})")
    private String fit;

    @Option(
            names = "--window",
            paramLabel = "CENTRE/WIDTH|full",
            description = "grey values of DICOM images that become black to white (default: as each file says);"
                    + " full: all stored values")
    private String window;

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "number of the image in files with several, beginning with 1")
    private Integer frame;

    @Option(
            names = "--split",
            paramLabel = "TRAIN,VAL,TEST",
            split = ",",
            description = "percentages of the images; splits are drawn by class, each patient is in one split (default:"
                    + " 70,10,20 if the data set has no splits)")
    private List<Integer> shares;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed with which the splits are drawn (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--patient-pattern",
            paramLabel = "REGEX",
            description = "regular expression whose one group finds the patient in a file's path, for example"
                    + " \"(person\\d+)_\"")
    private String patientPattern;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "the table's column of labels (default: label)")
    private String labelColumn;

    @Option(
            names = "--column",
            paramLabel = "ROLE=NAME",
            description =
                    "the table's column for file, patient, split, site, scanner, sex, age, laterality or view (default: a column"
                            + " of that name); may be repeated")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            description = "folder of the table's files (default: the table's own)")
    private Path root;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "encoding of the table (default: UTF-8, UTF-16 with a byte order mark, or Windows-1252)")
    private String encoding;

    @Option(
            names = "--map",
            paramLabel = "LABEL=CLASS",
            description = "class of the images with this label; may be repeated; --map LABEL= leaves them out")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--keep-names",
            description =
                    "send the files' names (default: only their keyed hashes, since a file name can name a patient)")
    private boolean keepNames;

    /**
     * @param classes their names by label; empty where nobody says
     * @throws CommandFailure when an option is not allowed; it names it
     */
    public ImageSettings settings(List<String> classes) {
        SettingReader reader = new SettingReader(OptionNames.COMMAND_LINE);
        try {
            SourceOptions source = SourceOptions.DEFAULT
                    .withRoot(root)
                    .withTable(reader.table(columns, labelColumn, encoding))
                    .withPatients(reader.patients(patientPattern));
            return new ImageSettings(
                    new ImageSettings.Reading(
                            source, reader.reading(ReadOptions.defaults().withLimits(LIMITS), window, frame), window),
                    reader.preparation(side, channels, fit),
                    new ImageSettings.Labels(map, classes),
                    new ImageSettings.Division(reader.shares(shares), seed),
                    keepNames);
        } catch (InvalidSourceException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
