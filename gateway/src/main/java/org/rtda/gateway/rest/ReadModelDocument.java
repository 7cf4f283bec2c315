package org.rtda.gateway.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far the gateway has read the topics.
 *
 * @param complete whether lists have all that the topics held when the gateway started
 * @param partitionsLeft partitions of which it has not; -1 before the gateway has looked
 */
@Schema(name = "ReadModel", description = "how far the gateway has read the topics")
record ReadModelDocument(
        @Schema(required = true, description = "whether lists have all that the topics held when the gateway started")
        boolean complete,

        @Schema(
                required = true,
                minimum = "-1",
                description = "partitions of topics of which they have not; -1 before the gateway has looked")
        int partitionsLeft) {
    static ReadModelDocument of(int partitionsLeft) {
        return new ReadModelDocument(partitionsLeft == 0, partitionsLeft);
    }
}
