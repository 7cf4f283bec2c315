package org.rtda.evaluator.suite;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/** The suites by name. */
public final class Suites {
    public static final Suite QUICK = new QuickSuite();
    static final Suite STANDARD = new StandardSuite();
    public static final Suite FULL = new FullSuite(STANDARD);

    private static final List<Suite> KNOWN = List.of(QUICK, STANDARD, FULL);

    private Suites() {}

    static List<String> names() {
        return KNOWN.stream().map(Suite::name).toList();
    }

    /** @throws InvalidFieldException when there is no such suite; names the known ones */
    public static Suite named(String name) {
        Check.oneOf("suite", name, names());
        return KNOWN.get(names().indexOf(name));
    }

    /**
     * How many of each split's images a suite takes that was planned under this name, also by another build: all but the quick one take as
     * many as the standard one. 0 for all.
     */
    public static int images(String name, SuiteSubject subject) {
        return (name.equals(QUICK.name()) ? QUICK : STANDARD).images(subject);
    }
}
