package org.rtda.gateway.report.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import org.rtda.contracts.settings.AttackSettings;

/** Describes an attack in words. */
public final class AttackDescription {
    private AttackDescription() {}

    /** What of it does not change with the radius. */
    public static String series(AttackSettings attack) {
        return attack.name()
                + (attack.kind().onlyNorm().isPresent() ? "" : "-" + attack.norm())
                + ", "
                + attack.effort()
                + (attack.restarts() > 1 ? ", " + attack.restarts() + " restarts" : "");
    }

    /** All of it but the radius. */
    public static String described(AttackSettings attack) {
        return series(attack)
                + (attack.stepSize() == null ? "" : ", step size " + number(attack.stepSize()))
                + (attack.randomStart() == null ? "" : attack.randomStart() ? ", random start" : ", no random start");
    }

    public static String norm(String norm) {
        return norm.equals("linf") ? "Linf" : norm.equals("l2") ? "L2" : norm;
    }

    /** To four digits. */
    public static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
