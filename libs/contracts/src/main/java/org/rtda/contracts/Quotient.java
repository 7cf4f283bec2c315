package org.rtda.contracts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** A number written as a quotient, {@code 8/255}, as radii in grey levels are. */
public final class Quotient {
    private static final MathContext SHOWN = new MathContext(4);

    private Quotient() {}

    /** Empty where the text is not a quotient of two numbers, or it is not finite. */
    public static OptionalDouble parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length != 2) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * What a document that has numbers only allows in place of a text, for example {@code a number (0.03137, not "8/255")}.
     */
    public static String allowedInJson(String text) {
        OptionalDouble value = parse(text);
        return value.isEmpty()
                ? "a number"
                : "a number ("
                        + new BigDecimal(value.getAsDouble())
                                .round(SHOWN)
                                .stripTrailingZeros()
                                .toPlainString() + ", not \"" + text + "\")";
    }
}
