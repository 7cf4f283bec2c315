package org.rtda.cli.rest;

import java.util.List;

/**
 * An evaluation as the gateway shows it.
 *
 * @param name null for what the experiment's settings asked for
 * @param suite null while its plan has not come
 */
public record Evaluation(
        String id, String name, int epoch, boolean last, String suite, Progress progress, List<Gate> gates) {
    public Evaluation {
        gates = gates == null ? List.of() : List.copyOf(gates);
    }

    /** @param planned conditions, 0 before they are planned */
    public record Progress(int planned, int measured, int failed, boolean completed) {}

    /**
     * @param outcome PASSED, FAILED or NOT_JUDGED
     * @param concerns conditions whose figures do not stand when it fails
     */
    public record Gate(String gate, String outcome, List<String> concerns, String finding) {}
}
