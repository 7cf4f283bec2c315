package org.rtda.contracts;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.contracts.check.InvalidFieldException;

/** Amounts of memory as people write them in the files of Docker and Kubernetes. */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kmgtKMGT]?i?)[bB]?");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("Ki", 1L << 10),
            Map.entry("Mi", 1L << 20),
            Map.entry("Gi", 1L << 30),
            Map.entry("Ti", 1L << 40),
            Map.entry("K", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("T", 1_000_000_000_000L));

    private ByteSize() {}

    /**
     * @param text bytes, or a number with a unit: {@code k m g t} and {@code Ki Mi Gi Ti} are powers of 1024, {@code K M G T} of
     *     1000; a {@code b} or {@code B} may follow
     * @return bytes, at least 1
     * @throws InvalidFieldException for anything else
     */
    public static long parse(String field, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches() && UNITS.containsKey(form.group(2))) {
            BigDecimal bytes = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(UNITS.get(form.group(2))));
            if (bytes.compareTo(BigDecimal.ONE) >= 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw new InvalidFieldException(field, text, "an amount of memory such as 3g, 3Gi, 512m or 3000000000");
    }

    /** For example {@code 2.9 GiB}. */
    public static String inWords(long bytes) {
        double gibibytes = bytes / (double) (1L << 30);
        return gibibytes >= 1
                ? String.format(Locale.ROOT, "%.1f GiB", gibibytes)
                : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
}
