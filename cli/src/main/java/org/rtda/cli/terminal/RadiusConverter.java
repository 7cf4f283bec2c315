package org.rtda.cli.terminal;

import java.util.OptionalDouble;
import org.rtda.contracts.Quotient;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A radius in pixel units, given as a number ({@code 0.5}) or as a quotient ({@code 8/255}, 8 grey levels of 255). */
public final class RadiusConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        return parse(text);
    }

    /** @throws TypeConversionException when the text is neither a finite number nor a quotient of two */
    static double parse(String text) {
        OptionalDouble quotient = Quotient.parse(text);
        if (quotient.isPresent()) {
            return quotient.getAsDouble();
        }
        try {
            double radius = Double.parseDouble(text);
            if (Double.isFinite(radius)) {
                return radius;
            }
        } catch (NumberFormatException e) {
            // told below, as what is not finite
        }
        throw new TypeConversionException("'" + text + "' is not a radius: write a number such as 0.5, or 8/255");
    }
}
