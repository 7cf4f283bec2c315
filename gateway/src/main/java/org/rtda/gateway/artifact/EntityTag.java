package org.rtda.gateway.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.rtda.contracts.dataset.Sha256;

/**
 * An ETag: the name of one content of a path (RFC 9110, 8.8.3).
 *
 * @param value hexadecimal
 * @param weak whether contents with this tag may differ in their bytes, though not in what they say
 */
record EntityTag(String value, boolean weak) {
    private static final String WEAK = "W/";

    static EntityTag ofBytes(byte[] content) {
        return new EntityTag(Sha256.hex(content), false);
    }

    static EntityTag ofText(String content) {
        return ofBytes(content.getBytes(StandardCharsets.UTF_8));
    }

    EntityTag asWeak() {
        return new EntityTag(value, true);
    }

    /** As a header has it. */
    String text() {
        return (weak ? WEAK : "") + '"' + value + '"';
    }

    /**
     * Whether somebody who names these tags has the content already.
     *
     * @param ifNoneMatch the header's value; null where there is none
     */
    boolean isAmong(String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || withoutWeakness(tag).equals(withoutWeakness(text())));
    }

    /**
     * Whether parts of the content fit to those that somebody has of the content that the header names.
     *
     * @param ifRange the header's value; null where there is none, which asks for parts of whatever there is
     */
    boolean allowsParts(String ifRange) {
        return ifRange == null || !weak && ifRange.strip().equals(text());
    }

    private static String withoutWeakness(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}
