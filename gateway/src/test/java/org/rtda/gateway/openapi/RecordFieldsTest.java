package org.rtda.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.card.CardItem;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.WarmupSettings;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.QueuePlace;
import org.rtda.gateway.view.Unfinished;
import org.rtda.report.Chart;

class RecordFieldsTest {
    private static final List<String> RESOURCES =
            List.of("EvaluationListResource", "EvaluationResource", "ExperimentResource", "ReportResource");

    /** Resources that answer the records below; a resource of a test would be served by every test of the gateway. */
    private static IndexView resources() {
        Indexer indexer = new Indexer();
        for (String name : RESOURCES) {
            try {
                indexer.indexClass(Class.forName("org.rtda.gateway.rest." + name));
            } catch (IOException | ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
        return indexer.complete();
    }

    private static Schema of(Class<?> type) {
        Schema schema = OASFactory.createSchema();
        Stream.of(type.getRecordComponents())
                .forEach(component -> schema.addProperty(
                        component.getName(), OASFactory.createSchema().addType(SchemaType.STRING)));
        return schema;
    }

    private static Schema completed(String name, Schema schema) {
        return completed(name, schema, OASFactory.createOpenAPI());
    }

    private static Schema completed(String name, Schema schema, OpenAPI description) {
        description.components(OASFactory.createComponents().addSchema(name, schema));
        new RecordFields(resources()).complete(description);
        return schema;
    }

    private static Schema property(Schema schema, String name) {
        return schema.getProperties().get(name);
    }

    @Test
    void aFieldHasTheTextOfItsComponentWithoutTagsOfJavadoc() {
        Schema row = completed("ResultRow", of(ResultRow.class));
        assertThat(property(row, "n").getDescription()).isEqualTo("images behind it");
        assertThat(property(row, "effort").getDescription())
                .isEqualTo("how long the condition's attack searches, for example 10 steps; null where the condition is"
                        + " not one attack");
        assertThat(row.getDescription())
                .isEqualTo("One figure of an evaluation, as the gateway answers it and a client reads it.");
    }

    @Test
    void whatAResourceSaysItselfStays() {
        Schema row = of(ResultRow.class).description("a row");
        property(row, "n").setDescription("how many");
        completed("ResultRow", row);
        assertThat(property(row, "n").getDescription()).isEqualTo("how many");
        assertThat(row.getDescription()).isEqualTo("a row");
    }

    @Test
    void aRecordThatWritesEveryFieldRequiresAllAndItsPrimitivesAreNeverNull() {
        Schema row = completed("ResultRow", of(ResultRow.class));
        assertThat(row.getRequired()).hasSameSizeAs(ResultRow.class.getRecordComponents());
        assertThat(property(row, "n").getType()).containsExactly(SchemaType.STRING);
        assertThat(property(row, "value").getType()).containsExactly(SchemaType.STRING, SchemaType.NULL);
    }

    @Test
    void ofAnotherRecordOnlyPrimitivesAreRequired() {
        assertThat(completed("Chart", of(Chart.class)).getRequired()).isNull();
        assertThat(completed("QueuePlace", of(QueuePlace.class)).getRequired()).containsExactly("place", "waiting");
    }

    @Test
    void ofADocumentThatPeopleSendNothingIsRequiredThatItsRecordDoesNotName() {
        OpenAPI description = OASFactory.createOpenAPI()
                .paths(OASFactory.createPaths()
                        .addPathItem(
                                "/described",
                                OASFactory.createPathItem()
                                        .POST(OASFactory.createOperation()
                                                .requestBody(OASFactory.createRequestBody()
                                                        .content(OASFactory.createContent()
                                                                .addMediaType(
                                                                        "application/json",
                                                                        OASFactory.createMediaType()
                                                                                .schema(OASFactory.createSchema()
                                                                                        .ref("WarmupSettings"))))))));
        Schema warmup = completed("WarmupSettings", of(WarmupSettings.class), description);
        assertThat(warmup.getRequired()).isNull();
        assertThat(property(warmup, "radius").getDescription()).contains("default 0.5;");
    }

    @Test
    void ofTwoTypesWithOneNameTheOneWithTheSameFieldsIsMeant() {
        Schema other = completed("Chart", OASFactory.createSchema().addProperty("n", OASFactory.createSchema()));
        assertThat(property(other, "n").getDescription()).isNull();
        assertThat(other.getDescription()).isNull();
    }

    @Test
    void anEnumerationSaysWhatItsValuesMean() {
        Schema run = OASFactory.createSchema();
        Stream.of(EvaluationDocument.State.values()).forEach(value -> run.addEnumeration(value.name()));
        completed("State", run);
        assertThat(run.getDescription())
                .startsWith("Where an evaluation stands. WAITING: No condition has an answer. CANCELLING: ");
    }

    @Test
    void aLinkIsTheNameOfWhatItLeadsTo() {
        assertThat(JavadocText.of(DatasetRef.class).component("manifest"))
                .isEqualTo("the DatasetManifest of one import of it");
        assertThat(JavadocText.of(DatasetRef.class).component("nothing")).isEmpty();
        assertThat(JavadocText.of(Unfinished.class).summary())
                .isEqualTo("The parts of an experiment that have not ended; cancelling the experiment ends them.");
        assertThat(JavadocText.of(CardItem.class).summary())
                .isEqualTo("A fact of a model card that a person can state.");
    }
}
