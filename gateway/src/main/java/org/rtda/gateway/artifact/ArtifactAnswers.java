package org.rtda.gateway.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers requests for files: 304 if the caller names the current ETag, 206 with the requested part, 416 if there is no such
 * part, otherwise the whole. Bytes go from the store to the reader and are not kept in memory.
 */
@ApplicationScoped
public class ArtifactAnswers {
    private static final String RANGE = "Range";
    private static final String ACCEPT_RANGES = "Accept-Ranges";
    private static final String CONTENT_RANGE = "Content-Range";
    /** Any spelling but the server's own "identity", which it takes for leave to compress; a compressed part is no part. */
    private static final String NOT_COMPRESSED = "Identity";
    /** Whoever keeps it asks before each use; nobody between keeps it for others. */
    private static final String ASK_EACH_TIME = "private, no-cache";

    private final HttpHeaders request;
    private final Set<String> compressed;

    /** @param compressed media types of which the server compresses answers */
    ArtifactAnswers(
            HttpHeaders request, @ConfigProperty(name = "quarkus.http.compress-media-types") Set<String> compressed) {
        this.request = request;
        this.compressed = compressed;
    }

    /**
     * For the current request. Further headers may be added.
     *
     * @throws RangeNotSatisfiableException 416
     * @throws org.rtda.store.ArtifactException when the content is missing, altered or out of reach
     */
    public ResponseBuilder answer(Artifact artifact, String mediaType) {
        boolean mayBeCompressed = compressed.contains(mediaType.split(";")[0]);
        if (artifact.tag().isAmong(header(HttpHeaders.IF_NONE_MATCH))) {
            return tagged(Response.notModified(), artifact.tag(), mayBeCompressed);
        }
        String range = artifact.tag().allowsParts(header("If-Range")) ? header(RANGE) : null;
        ByteRange part = ByteRange.of(range, artifact.sizeBytes()).orElse(null);
        if (part == null) {
            artifact.verify();
            // of one content the compressed bytes are others
            boolean differs = mayBeCompressed && header(HttpHeaders.ACCEPT_ENCODING) != null;
            ResponseBuilder whole = Response.ok(body(artifact, new ByteRange(0, artifact.sizeBytes())), mediaType)
                    .header(HttpHeaders.CONTENT_LENGTH, artifact.sizeBytes());
            return tagged(whole, differs ? artifact.tag().asWeak() : artifact.tag(), mayBeCompressed);
        }
        if (part.length() == 0) {
            throw new RangeNotSatisfiableException(range, artifact.sizeBytes());
        }
        artifact.verify();
        ResponseBuilder answer = Response.status(Response.Status.PARTIAL_CONTENT)
                .entity(body(artifact, part))
                .type(mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, part.length())
                .header(CONTENT_RANGE, part.inContent(artifact.sizeBytes()))
                .header(HttpHeaders.CONTENT_ENCODING, NOT_COMPRESSED);
        return tagged(answer, artifact.tag(), mayBeCompressed);
    }

    private String header(String name) {
        return request.getHeaderString(name);
    }

    private static StreamingOutput body(Artifact artifact, ByteRange part) {
        return out -> {
            if (part.length() > 0) {
                artifact.write(part, out);
            }
        };
    }

    private static ResponseBuilder tagged(ResponseBuilder answer, EntityTag tag, boolean mayBeCompressed) {
        answer.header(HttpHeaders.ETAG, tag.text())
                .header(ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CACHE_CONTROL, ASK_EACH_TIME);
        return mayBeCompressed ? answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING) : answer;
    }
}
