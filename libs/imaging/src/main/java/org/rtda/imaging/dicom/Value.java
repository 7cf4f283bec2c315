package org.rtda.imaging.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * The value of an attribute. Its errors name the attribute and never what stands in it, except for numbers.
 *
 * @param representation how the file writes it, as "US"
 */
record Value(Attribute attribute, String representation, Bytes bytes) {
    private static final int MOST_NUMBERS = 256;

    /** In bytes; a number that is written as text has at most 16 (PS3.5 table 6.2-1). */
    private static final int LONGEST_NUMBERS = MOST_NUMBERS * 17;

    /** A whole number of 16 or 32 bits, or written as text. */
    int integer() {
        List<Double> numbers = numbers();
        double number = numbers.isEmpty() ? Double.NaN : numbers.get(0);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw wrong("a whole number");
        }
        return (int) number;
    }

    /**
     * Its numbers, at most {@value #MOST_NUMBERS}: no attribute that is read as numbers has as many.
     *
     * @throws UnreadableImageException when there are more
     */
    List<Double> numbers() {
        if (bytes.length() > LONGEST_NUMBERS) {
            throw wrong("at most " + MOST_NUMBERS + " numbers");
        }
        List<Double> numbers = new ArrayList<>();
        switch (representation) {
            case "US", "OW" -> {
                for (long at = 0; at + 2 <= bytes.length(); at += 2) {
                    numbers.add((double) bytes.u16(at));
                }
            }
            case "SS" -> {
                for (long at = 0; at + 2 <= bytes.length(); at += 2) {
                    numbers.add((double) bytes.s16(at));
                }
            }
            case "UL" -> {
                for (long at = 0; at + 4 <= bytes.length(); at += 4) {
                    numbers.add((double) bytes.u32(at));
                }
            }
            case "SL" -> {
                for (long at = 0; at + 4 <= bytes.length(); at += 4) {
                    numbers.add((double) bytes.s32(at));
                }
            }
            case "FL" -> {
                for (long at = 0; at + 4 <= bytes.length(); at += 4) {
                    numbers.add((double) bytes.f32(at));
                }
            }
            case "FD" -> {
                for (long at = 0; at + 8 <= bytes.length(); at += 8) {
                    numbers.add(bytes.f64(at));
                }
            }
            default -> {
                for (String part : text(StandardCharsets.ISO_8859_1).split("\\\\")) {
                    if (!part.isBlank()) {
                        numbers.add(number(part.strip()));
                    }
                }
            }
        }
        return numbers;
    }

    private double number(String text) {
        try {
            double number = text.length() > 64 ? Double.NaN : Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, without the text
        }
        throw wrong("a number");
    }

    /** Without padding at its end. */
    String text(Charset charset) {
        String text = new String(bytes.toArray(), charset);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
            end--;
        }
        return text.substring(0, end);
    }

    UnreadableImageException wrong(String wanted) {
        return UnreadableImageException.damaged("its attribute " + attribute + " is not " + wanted);
    }
}
