package org.rtda.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.rtda.contracts.check.Check;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.security.AccessRole;
import org.rtda.gateway.security.ServiceToken;
import org.rtda.gateway.security.ServiceTokens;

/** REST: the tokens by which programs sign in. For owners. */
@Path(ApiPath.V1 + "/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "tokens")
class TokenResource {
    private static final Logger LOG = Logger.getLogger(TokenResource.class);

    private final ServiceTokens tokens;
    private final RequestBodies bodies;
    private final SecurityIdentity caller;

    TokenResource(ServiceTokens tokens, RequestBodies bodies, SecurityIdentity caller) {
        this.tokens = tokens;
        this.bodies = bodies;
        this.caller = caller;
    }

    /**
     * A token that is asked for.
     *
     * @param name by which the token is listed and revoked, unique
     * @param role what its owner may do
     * @param expiresInDays days until it is no longer accepted; null, the default, for never
     */
    @Schema(requiredProperties = {"name", "role"})
    record TokenRequest(
            @Schema(pattern = "^" + Check.NAME_PATTERN + "$")
            String name,

            @Schema(enumeration = {"viewer", "operator", "owner"})
            String role,

            @Schema(minimum = "1", maximum = "" + ServiceTokens.MOST_DAYS)
            Integer expiresInDays) {}

    /**
     * @param name by which the token is listed and revoked, unique
     * @param role what its owner may do: {@code viewer}, {@code operator} or {@code owner}
     * @param createdBy name of the person or token that made it
     * @param createdAt when it was made, UTC
     * @param expiresAt from when on it is no longer accepted, UTC; null for never
     * @param lastUsedAt when it was last used, within a minute, UTC; null while it was not used
     * @param token its text, in the answer to its creation alone; null in every other
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenDocument(
            String name,
            String role,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            Instant lastUsedAt,
            String token) {
        static TokenDocument of(ServiceToken token, String text) {
            return new TokenDocument(
                    token.name(),
                    token.role().label(),
                    token.createdBy(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    text);
        }
    }

    @GET
    @Operation(summary = "The service tokens, by name, without their texts")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TokenDocument[].class)))
    public TokenDocument[] list() {
        return tokens.all().stream().map(token -> TokenDocument.of(token, null)).toArray(TokenDocument[]::new);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create a service token",
            description = "Only this answer has the token itself. It is not stored and cannot be shown again.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TokenRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "For a pipeline",
                                            value =
                                                    "{\"name\":\"nightly-training\",\"role\":\"operator\",\"expiresInDays\":90}")))
    @APIResponse(
            responseCode = "201",
            description = "created; Location has its address",
            content = @Content(schema = @Schema(implementation = TokenDocument.class)))
    @APIResponse(responseCode = "409", description = "there already is a token of that name")
    public Response create(InputStream body) throws IOException {
        TokenRequest wanted = bodies.read(body, TokenRequest.class);
        ServiceTokens.Created created = tokens.create(
                wanted.name(), AccessRole.of("role", wanted.role()), wanted.expiresInDays(), callerName());
        ServiceToken token = created.token();
        LOG.infof("token %s (%s) made by %s", token.name(), token.role().label(), token.createdBy());
        return Response.created(URI.create(ApiPath.V1 + "/tokens/" + token.name()))
                .entity(TokenDocument.of(token, created.text().reveal()))
                .build();
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Revoke a service token: it is not accepted any more")
    @APIResponse(responseCode = "204", description = "revoked")
    @APIResponse(responseCode = "404", description = "there is no token of that name")
    public void revoke(@RestPath String name) {
        tokens.revoke(name);
        LOG.infof("token %s revoked by %s", name, callerName());
    }

    private String callerName() {
        return caller.getPrincipal().getName();
    }
}
