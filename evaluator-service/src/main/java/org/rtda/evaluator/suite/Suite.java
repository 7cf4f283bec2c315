package org.rtda.evaluator.suite;

import java.util.List;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.Condition;

/** A list of conditions under which a checkpoint is evaluated. */
public interface Suite {
    String VALIDATION = SplitNames.VALIDATION;
    String TEST = SplitNames.TEST;

    /** One of {@link org.rtda.contracts.check.KnownNames#SUITES}, or {@code transfer}. */
    String name();

    /** Of the clean images. */
    String split();

    /** How many of each split's images, drawn by class; 0 for all. */
    int images(SuiteSubject subject);

    /** In the order in which they are asked for; of two with one label the second is the same and is left out. */
    List<Condition> conditions(SuiteSubject subject);
}
