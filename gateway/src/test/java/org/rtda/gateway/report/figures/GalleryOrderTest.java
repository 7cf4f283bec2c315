package org.rtda.gateway.report.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.Payload;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

class GalleryOrderTest {
    private static final Payload PIXEL =
            new Payloads(new InMemoryArtifactStore(), 1 << 20).write("a", new ImageBatch(1, 1, 1, 1, new float[] {0}));

    private static GalleryOrder.Kept kept(Condition condition, double balancedAccuracy, int pictures) {
        return new GalleryOrder.Kept(
                new ViewEvents("exp-1").measured(10, true, condition, balancedAccuracy),
                new Gallery(
                        1,
                        "exp-1",
                        "exp-1/epoch-00010",
                        condition,
                        List.of("benign", "malignant"),
                        IntStream.range(0, pictures)
                                .mapToObj(i -> new Gallery.Picture(i, 0, 0, 1, PIXEL, PIXEL))
                                .toList()));
    }

    @Test
    void everyConditionHasItsTurnAndTheWorstIsFirst() {
        List<GalleryOrder.Shown> order = GalleryOrder.of(List.of(
                kept(ViewEvents.CLEAN, 0.9, 1), kept(ViewEvents.NOISE, 0.5, 3), kept(ViewEvents.pgd(0.5), 0.7, 2)));

        assertThat(order.stream()
                        .map(shown -> shown.measured().condition().label() + " "
                                + shown.picture().index()))
                .containsExactly(
                        "gaussian-noise@3 0",
                        "pgd-l2-10@0.5 0",
                        "clean 0",
                        "gaussian-noise@3 1",
                        "pgd-l2-10@0.5 1",
                        "gaussian-noise@3 2");
    }
}
