package org.rtda.preparation;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.Windowing;
import org.rtda.imaging.prepare.Fit;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;
import org.rtda.imaging.source.PatientPattern;
import org.rtda.imaging.source.TableOptions;
import org.rtda.imaging.split.SplitShares;

/**
 * Reads what people write, in the options of a command or in the fields of a form. What is not allowed is refused by the option's name.
 */
public final class SettingReader {
    /** What is taken where nobody says. */
    public static final int SIDE = 64;

    public static final int CHANNELS = 1;

    public static final String FIT = Fit.PAD.label();

    public static final long SEED = 1;

    private final OptionNames names;

    /** @param names of options: the fields of the refusals */
    public SettingReader(OptionNames names) {
        this.names = names;
    }

    /**
     * @param fit pad or crop
     * @throws InvalidFieldException as every method here, when a value is not allowed
     */
    public ImagePreparation preparation(int side, int channels, String fit) {
        if (side < ImagePreparation.SMALLEST_SIDE || side > ImagePreparation.LARGEST_SIDE) {
            throw refused(
                    "side",
                    side,
                    "in [" + ImagePreparation.SMALLEST_SIDE + ", " + ImagePreparation.LARGEST_SIDE + "] pixels");
        }
        if (channels != 1 && channels != 3) {
            throw refused("channels", channels, "1 (grey) or 3 (RGB)");
        }
        for (Fit known : Fit.values()) {
            if (known.label().equals(fit.toLowerCase(Locale.ROOT))) {
                return new ImagePreparation(side, channels, known);
            }
        }
        throw refused("fit", fit, "pad or crop");
    }

    /**
     * @param window CENTRE/WIDTH or full; null for each file's own
     * @param frame from 1; null where every file has one
     */
    public ReadOptions reading(ReadOptions options, String window, Integer frame) {
        if (frame != null && frame < 1) {
            throw refused("frame", frame, "at least 1");
        }
        ReadOptions windowed = window == null ? options : options.withWindowing(windowing(window));
        return frame == null ? windowed : windowed.withFrame(frame);
    }

    private Windowing windowing(String window) {
        if (window.equals("full")) {
            return Windowing.none();
        }
        String[] parts = window.split("/");
        try {
            if (parts.length == 2) {
                return Windowing.given(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (IllegalArgumentException notTwoNumbers) {
            throw notAWindow(window);
        }
        throw notAWindow(window);
    }

    private InvalidFieldException notAWindow(String window) {
        return refused("window", window, "CENTRE/WIDTH, for example 40/400, with a width of at least 1, or full");
    }

    /**
     * @param percent of train, val and test; null where nobody asks for a split to be drawn
     * @throws InvalidSourceException when they are not 100 together
     */
    public SplitShares shares(List<Integer> percent) {
        if (percent == null) {
            return null;
        }
        if (percent.size() != 3) {
            throw refused("split", percent, "three percentages, for example 70,10,20");
        }
        try {
            return new SplitShares(percent.get(0), percent.get(1), percent.get(2));
        } catch (IllegalArgumentException e) {
            throw new InvalidSourceException(names.of("split") + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param expression null for no patients in paths
     * @throws InvalidSourceException when it is no expression with one group
     */
    public PatientPattern patients(String expression) {
        if (expression == null) {
            return null;
        }
        try {
            return PatientPattern.of(expression);
        } catch (IllegalArgumentException e) {
            throw new InvalidSourceException(names.of("patient-pattern") + " " + e.getMessage(), e);
        }
    }

    /**
     * @param columns names of columns by what they hold
     * @param labelColumn null for the one named label
     * @param encoding null where nobody says
     */
    public TableOptions table(Map<String, String> columns, String labelColumn, String encoding) {
        Charset charset;
        try {
            charset = encoding == null ? null : Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw refused("encoding", encoding, "the name of an encoding, for example windows-1252");
        }
        for (String role : columns.keySet()) {
            if (!TableOptions.ROLES.contains(role)) {
                throw refused(
                        "column", role + "=" + columns.get(role), "ROLE=NAME with a role of " + TableOptions.ROLES);
            }
        }
        TableOptions options = new TableOptions(columns, charset);
        return labelColumn == null ? options : options.withColumn("label", labelColumn);
    }

    private InvalidFieldException refused(String option, Object value, String allowed) {
        return new InvalidFieldException(names.of(option), value, allowed);
    }
}
