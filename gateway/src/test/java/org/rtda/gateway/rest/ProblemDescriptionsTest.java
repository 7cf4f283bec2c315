package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.junit.jupiter.api.Test;

class ProblemDescriptionsTest {

    private static Operation answering(String... codes) {
        Operation operation = OASFactory.createOperation().responses(OASFactory.createAPIResponses());
        for (String code : codes) {
            operation
                    .getResponses()
                    .addAPIResponse(code, OASFactory.createAPIResponse().description("own words"));
        }
        return operation;
    }

    private static Map<String, APIResponse> described(String path, Operation operation) {
        OpenAPI description = OASFactory.createOpenAPI()
                .paths(OASFactory.createPaths()
                        .addPathItem(path, OASFactory.createPathItem().POST(operation)));
        new ProblemDescriptions().filterOpenAPI(description);
        return operation.getResponses().getAPIResponses();
    }

    /** Otherwise clients that are made of the description, and the page that tries it, send no token. */
    @Test
    void everyOperationTakesATokenOrNone() {
        OpenAPI description = OASFactory.createOpenAPI().paths(OASFactory.createPaths());
        new ProblemDescriptions().filterOpenAPI(description);

        assertThat(description.getSecurity()).hasSize(2);
        assertThat(description.getSecurity().get(0).getSchemes()).containsOnlyKeys("token");
        assertThat(description.getSecurity().get(1).getSchemes()).isNullOrEmpty();
    }

    @Test
    void anOperationWithABodyMayRefuseIt() {
        Operation submit = answering("201", "409").requestBody(OASFactory.createRequestBody());

        assertThat(described("/api/v1/experiments", submit))
                .containsOnlyKeys("201", "409", "400", "401", "403", "406", "408", "413", "415", "429", "503", "500");
    }

    @Test
    void anExperimentMayBeUnknown() {
        Map<String, APIResponse> training = described("/api/v1/experiments/{id}/training", answering("200"));

        assertThat(training).containsOnlyKeys("200", "400", "401", "403", "404", "406", "429", "500", "503");
        assertThat(training.get("404").getDescription()).isEqualTo("no such experiment");
    }

    @Test
    void everyErrorIsAProblemDocumentAndNothingElseIs() {
        Map<String, APIResponse> cancel = described("/api/v1/experiments/{id}/cancel", answering("202", "409"));

        assertThat(cancel.get("202").getContent()).isNull();
        assertThat(cancel.get("409")
                        .getContent()
                        .getMediaType("application/problem+json")
                        .getSchema()
                        .getRef())
                .isEqualTo("#/components/schemas/Problem");
    }

    @Test
    void aResourcesOwnWordsStay() {
        assertThat(described("/api/v1/experiments/{id}/model", answering("200", "404"))
                        .get("404")
                        .getDescription())
                .isEqualTo("own words");
    }

    @Test
    void pathsOfTheFrameworkAreLeftAlone() {
        assertThat(described("/q/metrics", answering("200"))).containsOnlyKeys("200");
    }
}
