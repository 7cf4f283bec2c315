package org.rtda.cli.dataset;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.Windowing;
import org.rtda.imaging.prepare.Fit;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.source.PatientPattern;
import org.rtda.imaging.source.TableOptions;
import org.rtda.imaging.split.SplitShares;
import picocli.CommandLine.Option;

/** How files of images become a data set, on the command line. */
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
    private static final ReadLimits LIMITS = new ReadLimits(256L << 20, 32L << 20);

    /** Bytes of memory that the largest image within these limits takes while it is decoded. */
    private static final long LARGEST_IMAGE = 480L << 20;

    private static final int MOST_THREADS = 8;

    /**
     * Images to read at once.
     *
     * @param memory bytes that there are
     * @return as many as there are processors and as fit the memory even where each is the largest, at least 1
     */
    static int threads(int processors, long memory) {
        return (int) Math.max(1, Math.min(Math.min(MOST_THREADS, processors), memory / LARGEST_IMAGE));
    }

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
            description = "grey values of DICOM images that become black to white (default: as each file says)")
    private String window;

    @Option(names = "--frame", paramLabel = "N", description = "number of the image in files with several, from 1")
    private Integer frame;

    @Option(
            names = "--split",
            paramLabel = "TRAIN,VAL,TEST",
            split = ",",
            description =
                    "percent of the images, drawn by class, each patient in one split (default: 70,10,20 if no split is"
                            + " given)")
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
            description = "finds the patient in a file's path by its one group, for example \"(person\\d+)_\"")
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
            description = "encoding of the table (default: UTF-8, or windows-1252 if it is not UTF-8)")
    private String encoding;

    @Option(
            names = "--map",
            paramLabel = "LABEL=CLASS",
            description = "name of the class of a label; may be repeated; --map LABEL= leaves its images out")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--keep-names",
            description =
                    "send the files' names, too (default: their keyed hashes, since a file's name can name a patient)")
    private boolean keepNames;

    /**
     * @param classes their names by label; empty where nobody says
     * @throws CommandFailure when an option is not allowed; it names it
     */
    public ImageSettings settings(List<String> classes) {
        return new ImageSettings(
                new ImageSettings.Reading(root, table(), patients(), reading(), window),
                preparation(),
                new ImageSettings.Labels(map, classes),
                new ImageSettings.Division(shares(), seed),
                keepNames);
    }

    private ImagePreparation preparation() {
        Fit known;
        try {
            known = Fit.valueOf(fit.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("--fit", fit, "pad or crop");
        }
        try {
            return new ImagePreparation(side, channels, known);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--" + e.getMessage(), e);
        }
    }

    private ReadOptions reading() {
        ReadOptions options = ReadOptions.defaults().withLimits(LIMITS);
        if (window != null) {
            options = options.withWindowing(windowing());
        }
        try {
            return frame == null ? options : options.withFrame(frame);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--" + e.getMessage(), e);
        }
    }

    private Windowing windowing() {
        if (window.equals("full")) {
            return Windowing.none();
        }
        String[] parts = window.split("/");
        try {
            if (parts.length == 2) {
                return Windowing.given(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw notAWindow(e);
        }
        throw notAWindow(null);
    }

    private CommandFailure notAWindow(Exception cause) {
        return new CommandFailure(
                "--window must be CENTRE/WIDTH, for example 40/400, with a width of at least 1, or full, was " + window,
                cause);
    }

    private SplitShares shares() {
        if (shares == null) {
            return null;
        }
        if (shares.size() != 3) {
            throw new InvalidFieldException("--split", shares, "three percentages, for example 70,10,20");
        }
        try {
            return new SplitShares(shares.get(0), shares.get(1), shares.get(2));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--split: " + e.getMessage(), e);
        }
    }

    private PatientPattern patients() {
        try {
            return patientPattern == null ? null : PatientPattern.of(patientPattern);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--patient-pattern " + e.getMessage(), e);
        }
    }

    private TableOptions table() {
        try {
            TableOptions options = new TableOptions(columns, encoding == null ? null : Charset.forName(encoding));
            return labelColumn == null ? options : options.withColumn("label", labelColumn);
        } catch (java.nio.charset.IllegalCharsetNameException | java.nio.charset.UnsupportedCharsetException e) {
            throw new InvalidFieldException(
                    "--encoding", encoding, "the name of an encoding, for example windows-1252");
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--column " + e.getMessage(), e);
        }
    }
}
