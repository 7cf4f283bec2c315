package org.rtda.gateway.rest;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.GatewayConfig;
import org.rtda.gateway.artifact.RangeNotSatisfiableException;
import org.rtda.gateway.problem.Problem;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.DatasetBusyException;
import org.rtda.store.InvalidDatasetException;

/**
 * Turns every refusal and failure into a problem document (RFC 9457); failures of the gateway itself are logged here,
 * once.
 */
class ProblemResponses {
    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

    private final GatewayConfig config;

    ProblemResponses(GatewayConfig config) {
        this.config = config;
    }

    /** Before all others, which would fail on such a header as if it were the gateway's fault. */
    @ServerRequestFilter(preMatching = true, priority = Priorities.USER - 1)
    Response refuseMediaTypesThatAreNone(ContainerRequestContext request) {
        try {
            request.getMediaType();
        } catch (IllegalArgumentException e) {
            return Problem.of(415, "the header Content-Type must be a media type, for example application/json")
                    .response();
        }
        try {
            request.getAcceptableMediaTypes();
        } catch (IllegalArgumentException e) {
            return Problem.of(400, "the header Accept must be media types, for example application/json")
                    .response();
        }
        return null;
    }

    /** A body that says it is too long is refused before it is read. */
    @ServerRequestFilter(preMatching = true)
    Response refuseLongBodies(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !length.matches("\\d{1,18}")) {
            return null;
        }
        boolean upload = request.getMediaType() != null
                && request.getMediaType().getType().equals("multipart");
        long longest =
                upload ? config.gateway().maxUploadBytes() : config.gateway().maxJsonBytes();
        return Long.parseLong(length) <= longest
                ? null
                : Problem.of(413, "the body may have at most " + longest + " bytes, has " + length)
                        .response();
    }

    @ServerExceptionMapper
    Response refused(ProblemException e) {
        if (e.status() >= 500) {
            LOG.warn(e.getMessage());
        }
        Response response = e.problem().response();
        return e.retryAfter() == null
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.RETRY_AFTER, e.retryAfter().toSeconds())
                        .build();
    }

    @ServerExceptionMapper
    Response invalid(InvalidFieldException e) {
        return ProblemException.badValue(e).problem().response();
    }

    @ServerExceptionMapper
    Response invalid(InvalidDatasetException e) {
        return ProblemException.badRequest(e.getMessage(), e).problem().response();
    }

    @ServerExceptionMapper
    Response busy(DatasetBusyException e) {
        return ProblemException.conflict(e.getMessage()).problem().response();
    }

    @ServerExceptionMapper
    Response gone(ArtifactStoreUnavailableException e) {
        return refused(ProblemException.unavailable(e.getMessage(), e));
    }

    @ServerExceptionMapper
    Response broken(ArtifactException e) {
        LOG.error(e.getMessage());
        return Problem.of(500, e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response notThere(RangeNotSatisfiableException e) {
        return Response.fromResponse(Problem.of(416, e.getMessage()).response())
                .header("Content-Range", e.contentRange())
                .build();
    }

    /** The framework's own: no such path, method or media type. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        String detail =
                switch (status) {
                    case 404 -> "there is nothing at this path; /q/swagger-ui shows what there is";
                    case 406 -> "this cannot be sent in a media type that the Accept header allows";
                    case 413 -> "the body is too large";
                    case 415 -> "the body's media type is not the one this path takes; /q/swagger-ui shows it";
                    default -> String.valueOf(e.getMessage());
                };
        return Problem.of(status, detail).response();
    }

    @ServerExceptionMapper
    Response failed(RuntimeException e) {
        LOG.error("a request failed", e);
        return Problem.of(500, "the gateway failed on this request; its log says why")
                .response();
    }
}
