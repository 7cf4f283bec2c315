package org.rtda.cli.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A figure of one subgroup of an experiment's test images.
 *
 * @param attribute for example {@code sex}
 * @param subgroup the attribute's value
 * @param classCounts its images by label
 * @param small whether a class has too few images for a figure to say much
 * @param images {@code clean}, {@code attacked} or {@code corrupted}; {@code shift-LABEL} for those of an external test set
 * @param conditions labels of the conditions behind it
 * @param value null when it is not defined
 * @param low lower end of the 95% interval
 * @param n images behind it
 * @param note why there is no value
 * @param whole the same figure of all images; null where there is none
 * @param difference the subgroup's less the whole's; null where one of the two is
 * @param worst whether it is the lowest of its kind
 * @param failedGates the rules for believable figures that its conditions do not keep
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SubgroupEntry(
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
        List<String> failedGates) {}
