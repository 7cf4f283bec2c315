package org.rtda.cli.benchmark.grid;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of {@code state.json}: which experiment belongs to which cell, and how far it is.
 *
 * @param id of this benchmark, drawn once; with it a submission that is sent again is known to the gateway
 * @param cells by {@link Cell#id}; those of earlier calls with other arguments stay
 */
public record BenchmarkState(int schemaVersion, String id, Map<String, CellState> cells) {
    public static final int SCHEMA_VERSION = 1;

    public BenchmarkState {
        cells = cells == null ? new LinkedHashMap<>() : new LinkedHashMap<>(cells);
    }
}
