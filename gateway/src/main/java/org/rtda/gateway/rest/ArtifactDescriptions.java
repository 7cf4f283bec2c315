package org.rtda.gateway.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Says in the API's description what holds for every file: it has a tag, and can be asked for in part. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ArtifactDescriptions implements OASFilter {
    /** The extension that marks an operation which answers with a file. */
    static final String MARK = "x-file";

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .filter(operation -> operation.hasExtension(MARK))
                .forEach(ArtifactDescriptions::complete);
    }

    private static void complete(Operation operation) {
        operation.removeExtension(MARK);
        operation.addParameter(
                header("If-None-Match", "ETags that the caller has: the answer is 304 if one of them is current"));
        operation.addParameter(
                header("Range", "bytes=FIRST-LAST, bytes=FIRST- or bytes=-LENGTH: the answer is this part"));
        operation.addParameter(header("If-Range", "an ETag: if it is current the part is sent, otherwise the whole"));
        APIResponses responses = operation.getResponses();
        // the annotation puts the mark here, too
        responses.removeExtension(MARK);
        // a part of a document is no document, so it has the media type and not the schema
        Content part = OASFactory.createContent();
        Map<String, MediaType> whole =
                responses.getAPIResponse("200").getContent().getMediaTypes();
        for (String mediaType : whole.keySet()) {
            part.addMediaType(mediaType, OASFactory.createMediaType());
        }
        responses.addAPIResponse("206", response("the requested part").content(part));
        responses.addAPIResponse("304", response("the caller's content is current"));
        responses.addAPIResponse("416", response("the content has no such part"));
    }

    private static Parameter header(String name, String description) {
        return OASFactory.createParameter()
                .in(Parameter.In.HEADER)
                .name(name)
                .description(description)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
    }

    private static APIResponse response(String description) {
        return OASFactory.createAPIResponse().description(description);
    }
}
