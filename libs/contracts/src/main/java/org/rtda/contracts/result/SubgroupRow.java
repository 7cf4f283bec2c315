package org.rtda.contracts.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.rtda.contracts.dataset.SplitNames;

/**
 * A figure of one subgroup, as the gateway answers it and a client reads it: of the test images, or of those of an external test set, beside that of all of them.
 *
 * @param experiment id of the experiment
 * @param attribute {@code site}, {@code scanner}, {@code sex}, {@code ageBand}, {@code laterality} or {@code view}
 * @param subgroup the attribute's value, for example {@code F}
 * @param classCounts its images by label
 * @param small whether a class has too few images for a figure to say much
 * @param images {@code clean}, {@code attacked} (in the training ball) or {@code corrupted} (mean over the corruptions of one
 *     severity); {@code shift-LABEL} for those of an external test set
 * @param conditions labels of the conditions behind it
 * @param metric {@code accuracy} or {@code balanced-accuracy}
 * @param value the figure; null where it is not defined
 * @param low lower end of the 95% interval; null where the value is
 * @param high upper end of the 95% interval; null where the value is
 * @param n images behind it
 * @param note why there is no value; null otherwise
 * @param whole the same figure of all images of its set; null where there is none
 * @param difference of the subgroup from the whole, null where one of the two is; its interval takes the two for independent
 * @param differenceLow lower end of the 95% interval of the difference; null where the difference is
 * @param differenceHigh upper end of the 95% interval of the difference; null where the difference is
 * @param worst whether it is the lowest of its kind, among subgroups that are not small where there are such
 * @param failedGates the rules for believable figures that its conditions do not keep
 * @param split the set that its images are of: {@code test}, or {@code shift-LABEL} of an external test set. Null in rows that were
 *     written without it: their {@code images} say it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SubgroupRow(
        String experiment,
        String attribute,
        String subgroup,
        List<Integer> classCounts,
        boolean small,
        String images,
        List<String> conditions,
        String metric,
        Double value,
        Double low,
        Double high,
        int n,
        String note,
        Double whole,
        Double difference,
        Double differenceLow,
        Double differenceHigh,
        boolean worst,
        List<String> failedGates,
        String split) {
    /** {@code images} of test images as they are. */
    public static final String CLEAN = "clean";

    /** {@code images} of test images attacked in the training ball. */
    public static final String ATTACKED = "attacked";

    /** {@code images} of corrupted test images. */
    public static final String CORRUPTED = "corrupted";

    public SubgroupRow {
        if (split == null) {
            split = SplitNames.isShift(images) ? images : SplitNames.TEST;
        }
    }

    /** The same, as the lowest of its kind. */
    public SubgroupRow asWorst() {
        return new SubgroupRow(
                experiment,
                attribute,
                subgroup,
                classCounts,
                small,
                images,
                conditions,
                metric,
                value,
                low,
                high,
                n,
                note,
                whole,
                difference,
                differenceLow,
                differenceHigh,
                true,
                failedGates,
                split);
    }
}
