package org.rtda.cli.rest;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One figure of an experiment's final evaluation.
 *
 * @param value null when it is not defined
 * @param low lower end of the 95% interval
 * @param n images behind it
 * @param note why there is no value, or what to mind
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResultRow(
        String experiment,
        String dataset,
        String method,
        long seed,
        String condition,
        String metric,
        Double value,
        Double low,
        Double high,
        int n,
        String note) {}
