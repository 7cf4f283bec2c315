package org.rtda.gateway.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far the gateway has read the topics.
 *
 * @param complete whether lists have all that the topics hold
 * @param partitionsLeft partitions of which they have not
 */
@Schema(name = "ReadModel", description = "how far the gateway has read the topics")
record ReadModelDocument(
        @Schema(required = true, description = "whether lists have everything in the topics")
        boolean complete,

        @Schema(required = true, minimum = "0", description = "partitions of topics that are not yet read to their end")
        int partitionsLeft) {
    static ReadModelDocument of(int partitionsLeft) {
        return new ReadModelDocument(partitionsLeft == 0, partitionsLeft);
    }
}
