package org.rtda.cli.rest;

import java.util.List;

/**
 * An evaluation as the gateway shows it.
 *
 * @param experiment whose evaluation it is; null from a gateway of an earlier build
 * @param name null for what the experiment's settings asked for
 * @param state where it stands, for example {@code WAITING}; null from a gateway of an earlier build
 * @param queue null unless it waits
 * @param suite null while its plan has not come
 */
public record Evaluation(
        String id,
        String experiment,
        String name,
        String state,
        Place queue,
        int epoch,
        boolean last,
        String suite,
        Progress progress,
        List<Gate> gates) {
    public Evaluation {
        gates = gates == null ? List.of() : List.copyOf(gates);
    }

    /**
     * Among the evaluations of its kind that wait.
     *
     * @param place from 1
     */
    public record Place(int place, int waiting) {}

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
