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
            description = "of the square that each image becomes, 8 to 1024 (default: ${DEFAULT-VALUE})")
    private int side;

    @Option(
            names = "--channels",
            paramLabel = "1|3",
            defaultValue = "1",
            description = "grey or colour (default: ${DEFAULT-VALUE})")
    private int channels;

    @Option(
            names = "--fit",
            paramLabel = "pad|crop",
            defaultValue = "pad",
            description = "an image that is no square gets black bars, or is cut to the square in its middle (default:"
                    + " ${DEFAULT-VALUE})")
    private String fit;

    @Option(
            names = "--window",
            paramLabel = "CENTRE/WIDTH|full",
            description = "grey levels of DICOM images that are shown, or all of them (default: what each file says)")
    private String window;

    @Option(names = "--frame", paramLabel = "N", description = "which image of files that hold several; from 1")
    private Integer frame;

    @Option(
            names = "--split",
            paramLabel = "TRAIN,VAL,TEST",
            split = ",",
            description =
                    "percent of the images, drawn by class so that no patient is parted (default: 70,10,20 where no split is"
                            + " given)")
    private List<Integer> shares;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the draw (default: ${DEFAULT-VALUE})")
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
            description = "that the table's files lie in (default: the table's own)")
    private Path root;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "of the table (default: UTF-8, or windows-1252 where it is not that)")
    private String encoding;

    @Option(
            names = "--map",
            paramLabel = "LABEL=CLASS",
            description = "a class's name for a label; may be repeated, and --map LABEL= leaves its images out")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--keep-names",
            description =
                    "keep the files' names with the images (default: keyed hashes of them, since names can be patients')")
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
