package org.rtda.cli.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.core.Seed;
import org.rtda.core.phantom.Modality;
import org.rtda.core.phantom.PhantomSet;
import org.rtda.core.phantom.Phantoms;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzWriter;

/**
 * A generated data set as files to import.
 *
 * @param main train, val and test
 * @param shift the test set made with other scanner settings, as {@code test}
 * @param set what was generated
 */
public record PhantomFiles(Path main, Path shift, PhantomSet set) {
    /** Label of the shifted test set. */
    public static final String SHIFT_LABEL =
            SplitNames.shiftLabel(Phantoms.SHIFT).orElseThrow();

    /** Class 0 is the harmless one in all of them. */
    public static final String HEALTHY = "0";

    /** How many images of each split. */
    public record Counts(int train, int val, int test, int shift) {}

    /** The modality of that name; fails with the known ones. */
    public static Modality modality(String name) {
        try {
            return Modality.named(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--" + e.getMessage(), e);
        }
    }

    /** @param main file for train, val and test; the shifted set goes beside it, as {@code NAME-shift.npz} */
    public static PhantomFiles write(Modality modality, int side, Counts counts, Seed seed, Path main) {
        PhantomSet set;
        try {
            set = Phantoms.generate(modality, side, counts.train(), counts.val(), counts.test(), counts.shift(), seed);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--" + e.getMessage(), e);
        }
        String name = main.getFileName().toString();
        Path shift = main.resolveSibling(
                (name.endsWith(".npz") ? name.substring(0, name.length() - 4) : name) + "-shift.npz");
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        set.splits()
                .forEach((split, images) -> splits.put(split, new LabelledImages(images.images(), images.labels())));
        LabelledImages shifted = splits.remove(Phantoms.SHIFT);
        try {
            Files.createDirectories(main.toAbsolutePath().getParent());
            NpzWriter.write(main, splits);
            NpzWriter.write(shift, Map.of(SplitNames.TEST, shifted));
        } catch (IOException e) {
            throw new CommandFailure(main + " cannot be written: " + e.getMessage(), e);
        }
        return new PhantomFiles(main, shift, set);
    }
}
