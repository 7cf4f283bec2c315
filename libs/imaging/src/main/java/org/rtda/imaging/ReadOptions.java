package org.rtda.imaging;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How files are read. Begin with {@link #defaults()}: the only frame, the file's window, no patient hashes, the limits of
 * {@link ReadLimits#DEFAULT}.
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS = new ReadOptions(0, Windowing.ofFile(), null, ReadLimits.DEFAULT);

    private final int frame;
    private final Windowing windowing;
    private final PatientKey patientKey;
    private final ReadLimits limits;

    private ReadOptions(int frame, Windowing windowing, PatientKey patientKey, ReadLimits limits) {
        this.frame = frame;
        this.windowing = windowing;
        this.patientKey = patientKey;
        this.limits = limits;
    }

    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** Reads this frame (DICOM) or page (TIFF) of files that have several; 1 is the first. Without it such files are refused. */
    public ReadOptions withFrame(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("frame must be at least 1, was " + number);
        }
        return new ReadOptions(number, windowing, patientKey, limits);
    }

    public ReadOptions withWindowing(Windowing wanted) {
        return new ReadOptions(frame, Objects.requireNonNull(wanted, "windowing"), patientKey, limits);
    }

    /** Hashes patients' identifiers with this key. Without one {@link ImageFacts#patientHash()} is null. */
    public ReadOptions withPatientKey(PatientKey key) {
        return new ReadOptions(frame, windowing, Objects.requireNonNull(key, "patientKey"), limits);
    }

    public ReadOptions withLimits(ReadLimits wanted) {
        return new ReadOptions(frame, windowing, patientKey, Objects.requireNonNull(wanted, "limits"));
    }

    /** The frame to read, from 1; empty where the file must have only one. */
    public OptionalInt frame() {
        return frame == 0 ? OptionalInt.empty() : OptionalInt.of(frame);
    }

    public Windowing windowing() {
        return windowing;
    }

    /** Null where patients are not hashed. */
    public PatientKey patientKey() {
        return patientKey;
    }

    public ReadLimits limits() {
        return limits;
    }

    /**
     * Which of a file's frames is read, from 0.
     *
     * @param count how many the file has
     * @param word what the format calls them, for the message
     * @throws UnreadableImageException when the file has several and none was chosen, or not as many as the chosen one's number
     */
    public int indexOfFrame(int count, String word) {
        if (frame == 0 && count != 1) {
            throw new UnreadableImageException("The file holds " + count + " " + word
                    + "s and one image is wanted. Choose one by its number, 1 to " + count + ", as frame.");
        }
        if (frame > count) {
            throw new UnreadableImageException("The file holds " + count + " " + word + (count == 1 ? "" : "s")
                    + ", so there is no frame " + frame + ". Choose one from 1 to " + count + ".");
        }
        return Math.max(frame, 1) - 1;
    }
}
