package org.rtda.cli.benchmark.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.dataset.DatasetManifest;

/** Data sets and grids of tests. */
public final class GridSets {
    private GridSets() {}

    /** 10 training images, 4 test images, of one channel. */
    public static DatasetManifest grey(String name, int side) {
        return of(name, 1, side, 10);
    }

    public static DatasetManifest of(String name, int channels, int side, int train) {
        Map<String, DatasetManifest.Split> splits = new LinkedHashMap<>();
        splits.put("train", new DatasetManifest.Split(train, List.of(train / 2, train - train / 2), List.of()));
        splits.put("test", new DatasetManifest.Split(4, List.of(2, 2), List.of()));
        return DatasetManifest.builder()
                .name(name)
                .channels(channels)
                .height(side)
                .width(side)
                .classes(List.of("no", "yes"))
                .splits(splits)
                .sourceSha256(Map.of())
                .provenance("made by hand")
                .licence("CC0")
                .channelMeans(Collections.nCopies(channels, 0.4))
                .channelDeviations(Collections.nCopies(channels, 0.2))
                .build();
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) EventCodec.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    public static BenchmarkGrid grid(List<Long> seeds, String template) {
        return BenchmarkGrid.of(
                json(template), List.of(grey("busi-28", 28)), List.of("rtda", "erm"), seeds, List.of(0.5), null);
    }
}
