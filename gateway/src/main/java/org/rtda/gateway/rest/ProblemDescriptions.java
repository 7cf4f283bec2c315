package org.rtda.gateway.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.problem.Problem;

/**
 * Says in the API's description what {@link ProblemResponses} does for every operation: an error is a problem document. Resources
 * describe the errors that are theirs; those that come from the kind of the operation are added here.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemDescriptions implements OASFilter {
    private static final String API = ApiPath.V1 + "/";
    private static final String EXPERIMENT = ApiPath.V1 + "/experiments/{id}";
    private static final String SCHEMA = "#/components/schemas/Problem";
    private static final int FIRST_ERROR = 400;

    /** Of the scheme in application.properties (quarkus.smallrye-openapi.security-scheme-name). */
    private static final String TOKEN = "token";

    @Override
    public void filterOpenAPI(OpenAPI description) {
        // a token, or none where sign-in is off: pages and clients that are made of the description send what they have
        description.addSecurityRequirement(
                OASFactory.createSecurityRequirement().addScheme(TOKEN));
        description.addSecurityRequirement(OASFactory.createSecurityRequirement());
        description.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(API)) {
                item.getOperations().values().forEach(operation -> describe(path, operation));
            }
        });
    }

    private static void describe(String path, Operation operation) {
        APIResponses responses = operation.getResponses();
        if (operation.getRequestBody() != null) {
            addIfAbsent(responses, "400", "a value is missing or not allowed");
            addIfAbsent(responses, "408", "the body came too slowly");
            addIfAbsent(responses, "413", "the body is too long");
            addIfAbsent(responses, "415", "the body is of another media type");
        }
        if (path.startsWith(EXPERIMENT)) {
            addIfAbsent(responses, "404", "no such experiment");
        }
        addIfAbsent(responses, "400", "a query parameter is unknown");
        addIfAbsent(responses, "406", "the Accept header allows none of the media types of the answer");
        addIfAbsent(responses, "401", "sign-in is on, and the request has no valid token");
        addIfAbsent(
                responses,
                "403",
                "the caller's role does not allow it, or the request comes from a page of another origin");
        addIfAbsent(
                responses,
                "429",
                "the caller has reached a limit; Retry-After says after how many seconds to ask again");
        addIfAbsent(responses, "500", "the gateway failed on this request; its log says why");
        addIfAbsent(
                responses,
                "503",
                "the database, the broker or the store does not answer; Retry-After says after how many seconds"
                        + " to ask again");
        responses.getAPIResponses().forEach((code, response) -> {
            if (isError(code)) {
                response.setContent(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(SCHEMA))));
            }
        });
    }

    private static void addIfAbsent(APIResponses responses, String code, String description) {
        if (!responses.hasAPIResponse(code)) {
            responses.addAPIResponse(code, OASFactory.createAPIResponse().description(description));
        }
    }

    /** A code may be {@code default}, which is none. */
    private static boolean isError(String code) {
        return code.matches("\\d{3}") && Integer.parseInt(code) >= FIRST_ERROR;
    }
}
