package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.junit.jupiter.api.Test;

class SpecificationDescriptionsTest {
    private static Schema described(String record, String property, Schema schema) {
        OpenAPI description = OASFactory.createOpenAPI()
                .components(OASFactory.createComponents()
                        .addSchema(record, OASFactory.createSchema().addProperty(property, schema)));
        new SpecificationDescriptions().filterOpenAPI(description);
        return schema;
    }

    @Test
    void aFieldOfASpecificationHasItsLimitsItsDefaultAndItsHelp() {
        Schema epochs = described("ExperimentSpec", "epochs", OASFactory.createSchema());
        assertThat(epochs.getMinimum()).isEqualTo(new BigDecimal("1"));
        assertThat(epochs.getMaximum()).isEqualTo(new BigDecimal("10000"));
        assertThat(epochs.getDefaultValue()).isEqualTo(15);
        assertThat(described("ExperimentSpec", "lambda", OASFactory.createSchema())
                        .getDescription())
                .isEqualTo("weight of the consistency term");
    }

    @Test
    void namesThatTheDocumentKeepsInOnePlaceComeToEachFieldThatTakesThem() {
        assertThat(described("ExperimentSpec", "network", OASFactory.createSchema())
                        .getEnumeration())
                .contains("resnet8", "resnet50");
    }

    @Test
    void whatAResourceSaysItselfStays() {
        assertThat(described("ExperimentSpec", "seed", OASFactory.createSchema().description("of this run"))
                        .getDescription())
                .isEqualTo("of this run");
    }

    @Test
    void aLimitOfAResourceStaysWhereTheDocumentHasNone() {
        Schema radius = described(
                "EvaluationRequest",
                "epsilon",
                OASFactory.createSchema().minimum(BigDecimal.ZERO).maximum(new BigDecimal("1000")));

        assertThat(radius.getMinimum()).isEqualByComparingTo("0");
        assertThat(radius.getMaximum()).isEqualByComparingTo("1000");
    }

    @Test
    void aRequestHasTheLimitsOfTheCommandThatIsMadeOfIt() {
        Schema tags = described(
                "ExperimentDescription", "tags", OASFactory.createSchema().items(OASFactory.createSchema()));
        assertThat(tags.getMaxItems()).isEqualTo(20);
        assertThat(tags.getUniqueItems()).isTrue();
        assertThat(tags.getItems().getPattern()).isEqualTo("^[a-z0-9][a-z0-9_.-]{0,62}$");
        assertThat(described("EvaluationRequest", "suite", OASFactory.createSchema())
                        .getEnumeration())
                .containsExactly("quick", "standard", "full", null);
    }

    @Test
    void whatMustBeThereIsRequiredAndEverythingElseMayBeNull() {
        Schema method = OASFactory.createSchema().addType(SchemaType.STRING);
        Schema dataset = OASFactory.createSchema().addType(SchemaType.STRING);
        Schema attack = OASFactory.createSchema().ref("#/components/schemas/AttackSettings");
        Schema spec = OASFactory.createSchema()
                .addProperty("method", method)
                .addProperty("dataset", dataset)
                .addProperty("attack", attack);
        new SpecificationDescriptions()
                .filterOpenAPI(OASFactory.createOpenAPI()
                        .components(OASFactory.createComponents().addSchema("ExperimentSpec", spec)));

        assertThat(spec.getRequired()).containsExactly("dataset");
        assertThat(spec.getProperties().get("dataset").getType()).containsExactly(SchemaType.STRING);
        assertThat(spec.getProperties().get("method").getType()).containsExactly(SchemaType.STRING, SchemaType.NULL);
        List<Object> methods = spec.getProperties().get("method").getEnumeration();
        assertThat(methods).contains("rtda").containsNull();
        assertThat(spec.getProperties().get("attack").getAnyOf()).hasSize(2);
    }

    @Test
    void whatIsSentHasNoOtherFields() {
        Schema spec = OASFactory.createSchema().addProperty("seed", OASFactory.createSchema());
        Schema answer = OASFactory.createSchema().addProperty("id", OASFactory.createSchema());
        new SpecificationDescriptions()
                .filterOpenAPI(
                        OASFactory.createOpenAPI()
                                .components(OASFactory.createComponents()
                                        .addSchema("ExperimentSpec", spec)
                                        .addSchema("Answer", answer))
                                .paths(
                                        OASFactory.createPaths()
                                                .addPathItem(
                                                        "/x",
                                                        OASFactory.createPathItem()
                                                                .POST(
                                                                        OASFactory.createOperation()
                                                                                .requestBody(
                                                                                        OASFactory.createRequestBody()
                                                                                                .content(
                                                                                                        OASFactory
                                                                                                                .createContent()
                                                                                                                .addMediaType(
                                                                                                                        "application/json",
                                                                                                                        OASFactory
                                                                                                                                .createMediaType()
                                                                                                                                .schema(
                                                                                                                                        OASFactory
                                                                                                                                                .createSchema()
                                                                                                                                                .ref(
                                                                                                                                                        "#/components/schemas/ExperimentSpec")))))))));

        assertThat(spec.getAdditionalPropertiesSchema().getBooleanSchema()).isFalse();
        assertThat(answer.getAdditionalPropertiesSchema()).isNull();
    }

    @Test
    void aFieldOfAnotherRecordIsLeftAlone() {
        assertThat(described("WorkerGroup", "epochs", OASFactory.createSchema()).getMinimum())
                .isNull();
    }
}
