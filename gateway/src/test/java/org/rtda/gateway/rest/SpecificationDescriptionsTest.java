package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
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
    void aFieldOfAnotherRecordIsLeftAlone() {
        assertThat(described("WorkerGroup", "epochs", OASFactory.createSchema()).getMinimum())
                .isNull();
    }
}
