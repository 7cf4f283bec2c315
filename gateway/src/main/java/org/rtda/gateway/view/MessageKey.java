package org.rtda.gateway.view;

import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.settings.Condition;

/**
 * Identifies what a message of an evaluation is about. Of two messages with the same key only one counts.
 *
 * @param item within its kind: the condition of an outcome, with its split; the name of a gate; empty of the others
 */
public record MessageKey(Kind kind, String item) {
    public enum Kind {
        COMMAND,
        PLAN,
        /** The figures of a condition, or why there are none. */
        OUTCOME,
        GATE,
        END
    }

    public static final MessageKey COMMAND = new MessageKey(Kind.COMMAND, "");

    /** @throws org.rtda.contracts.check.InvalidFieldException when the message of an outcome does not name its condition */
    public static MessageKey of(RobustnessMetric metric) {
        if (metric instanceof RobustnessMetric.Planned) {
            return new MessageKey(Kind.PLAN, "");
        }
        if (metric instanceof RobustnessMetric.Completed) {
            return new MessageKey(Kind.END, "");
        }
        if (metric instanceof RobustnessMetric.Gate gate) {
            return new MessageKey(Kind.GATE, Check.present("gate", gate.gate()));
        }
        Condition condition = metric instanceof RobustnessMetric.Measured measured
                ? measured.condition()
                : ((RobustnessMetric.Failed) metric).condition();
        return of(Check.present("condition", condition));
    }

    /** Of the condition's outcome. */
    public static MessageKey of(Condition condition) {
        return new MessageKey(Kind.OUTCOME, condition.key());
    }
}
