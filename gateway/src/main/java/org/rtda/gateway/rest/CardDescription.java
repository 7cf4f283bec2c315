package org.rtda.gateway.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.card.CardItem;

/** Says in the API's description which items of a model card somebody can state. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CardDescription implements OASFilter {
    /** The name of the schema. */
    static final String SCHEMA = "CardFacts";

    /** What documents can hold: no control characters but tabs and line ends. */
    private static final String TEXT =
            "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufffe\\uffff]*$";

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Schema facts = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
        for (CardItem item : CardItem.values()) {
            facts.addProperty(
                    item.key(),
                    OASFactory.createSchema()
                            .addType(SchemaType.STRING)
                            .addType(SchemaType.NULL)
                            .description(item.title() + ". " + item.hint())
                            .maxLength(CardFacts.LONGEST)
                            .pattern(TEXT));
        }
        description.getComponents().addSchema(SCHEMA, facts);
    }
}
