package org.rtda.gateway.api;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the person who imports an archive should know of it. It names files and quotes the table, so it is in the answer alone: it is neither
 * stored nor logged.
 *
 * @param counts images by split and class, in words; empty where the import is refused
 * @param notes how the archive was understood, one sentence each
 * @param refused files that were left out, each with the reason
 * @param duplicates pictures that are there twice
 * @param constant images of one grey level
 */
@Schema(
        name = "ImportReport",
        description = "what was found in the archive, for the person who imports it; neither stored nor logged")
public record ImportReportDocument(
        Map<String, String> counts, List<String> notes, Listed refused, Duplicates duplicates, Listed constant) {
    /** Of each list. */
    private static final int LISTED = 1000;

    /**
     * @param count how many there are
     * @param first the first thousand of them, a sentence each
     */
    @Schema(name = "ImportReportList")
    public record Listed(int count, List<String> first) {
        public static Listed of(List<String> all) {
            return new Listed(all.size(), all.stream().limit(LISTED).toList());
        }
    }

    /**
     * @param exact how many have the pixels of an earlier image
     * @param near how many look like one
     * @param acrossSplits how many of both are in another split than an image that they are like
     * @param first the first thousand of them, a sentence each
     */
    @Schema(name = "ImportReportDuplicates")
    public record Duplicates(int exact, int near, int acrossSplits, List<String> first) {
        public Duplicates {
            first = first.stream().limit(LISTED).toList();
        }
    }
}
