package org.rtda.cli.benchmark;

import java.util.List;

/**
 * One model of a comparison, to be judged on images made against the others of its seed.
 *
 * @param epsilon strength of the comparison, and of the attack
 * @param judged is done
 * @param experiment that trained it
 * @param sources experiments of the other models, at least one
 */
record TransferCell(double epsilon, Cell judged, String experiment, List<String> sources) {

    /** For example {@code busi-28/0.5/erm/seed-1}: with the strength also of a method that trains without attacks. */
    static String id(double epsilon, Cell judged) {
        return judged.dataset() + "/" + Cell.plain(epsilon) + "/" + judged.method() + "/seed-" + judged.seed();
    }

    String id() {
        return id(epsilon, judged);
    }

    /** Of the evaluation: another where a model was trained again. */
    String name() {
        return "transfer-" + Fingerprint.of(sources, Cell.plain(epsilon)).substring(0, 12);
    }

    boolean isAnsweredBy(TransferResult result) {
        return result.experiment().equals(experiment) && result.sources().equals(sources);
    }
}
