package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.RobustnessMetric.Measured;

/** Which of the kept images are shown: of every condition in turn one, those first under which the model is worst. */
public final class GalleryOrder {
    private GalleryOrder() {}

    /** The images of one condition. */
    public record Kept(Measured measured, Gallery gallery) {}

    /** An image and the condition that it is of. */
    public record Shown(Measured measured, Gallery gallery, Gallery.Picture picture) {}

    /** All of them; who shows fewer takes the first. */
    public static List<Shown> of(List<Kept> kept) {
        List<Kept> worstFirst = kept.stream()
                .sorted(Comparator.comparingDouble(GalleryOrder::balancedAccuracy))
                .toList();
        int most = kept.stream()
                .mapToInt(each -> each.gallery().pictures().size())
                .max()
                .orElse(0);
        List<Shown> order = new ArrayList<>();
        for (int turn = 0; turn < most; turn++) {
            for (Kept each : worstFirst) {
                if (turn < each.gallery().pictures().size()) {
                    order.add(new Shown(
                            each.measured(),
                            each.gallery(),
                            each.gallery().pictures().get(turn)));
                }
            }
        }
        return List.copyOf(order);
    }

    /** One that is not defined comes last. */
    private static double balancedAccuracy(Kept kept) {
        return Findings.defined(kept.measured(), FigureNames.BALANCED_ACCURACY)
                .map(figure -> figure.value())
                .orElse(Double.MAX_VALUE);
    }
}
