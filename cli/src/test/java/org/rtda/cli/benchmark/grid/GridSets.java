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
        return new DatasetManifest(
                1,
                name,
                channels,
                side,
                side,
                List.of("no", "yes"),
                splits,
                Map.of(),
                "made by hand",
                "CC0",
                null,
                null,
                null,
                Collections.nCopies(channels, 0.4),
                Collections.nCopies(channels, 0.2));
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
