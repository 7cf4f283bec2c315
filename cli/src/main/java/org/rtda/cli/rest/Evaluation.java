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

    /**
     * @param planned conditions, 0 before they are planned
     * @param failed those without figures, those that were cancelled included
     * @param cancelled of {@code failed}; null from a gateway of an earlier build
     */
    public record Progress(int planned, int measured, int failed, Integer cancelled, boolean completed) {
        public Progress {
            cancelled = cancelled == null ? 0 : cancelled;
        }

        /** No condition is there. */
        static Progress none() {
            return new Progress(0, 0, 0, 0, false);
        }

        /** To follow the number of measured ones: {@code , 1 could not be measured, 3 cancelled}; empty where all were measured. */
        public String shortfall() {
            int couldNot = failed - cancelled;
            return (couldNot == 0 ? "" : ", " + couldNot + " could not be measured")
                    + (cancelled == 0 ? "" : ", " + cancelled + " cancelled");
        }
    }

    /**
     * @param outcome PASSED, FAILED or NOT_JUDGED
     * @param concerns conditions whose figures do not stand when it fails
     */
    public record Gate(String gate, String outcome, List<String> concerns, String finding) {}
}
