package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.settings.Condition;

class GoldenMessagesTest {
    static List<Class<?>> documents() {
        return Golden.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void versionOneIsReadAndWrittenWithNothingLostOrChanged(Class<?> type) throws IOException {
        JsonNode golden = Golden.json(type);

        Object document = EventCodec.read(Golden.bytes(golden), type);

        // optional fields that came later may be added; the documents stay as they were first published
        assertHolds(Golden.JSON.readTree(EventCodec.write(document)), golden, type.getSimpleName());
    }

    @Test
    void aConditionOfEachKindIsReadAndWrittenWithNothingLostOrChanged() throws IOException {
        JsonNode golden = Golden.fullPlan();

        RobustnessMetric.Planned plan = EventCodec.read(Golden.bytes(golden), RobustnessMetric.Planned.class);

        assertThat(plan.conditions()).extracting(Condition::kind).contains(Condition.Kind.values());
        assertHolds(Golden.JSON.readTree(EventCodec.write(plan)), golden, "the full plan");
    }

    @Test
    void figuresOfASubsetAreReadAndWrittenWithNothingLostOrChanged() throws IOException {
        JsonNode golden = Golden.measuredOnASubset();

        RobustnessMetric.Measured measured = EventCodec.read(Golden.bytes(golden), RobustnessMetric.Measured.class);

        assertThat(measured.subset().inWords()).isEqualTo("80 of 160, drawn by class");
        assertHolds(Golden.JSON.readTree(EventCodec.write(measured)), golden, "figures of a subset");
    }

    @Test
    void figuresBySubgroupAreReadAndWrittenWithNothingLostOrChanged() throws IOException {
        JsonNode golden = Golden.measuredBySubgroup();

        RobustnessMetric.Measured measured = EventCodec.read(Golden.bytes(golden), RobustnessMetric.Measured.class);

        assertThat(measured.subgroups())
                .extracting(RobustnessMetric.Subgroup::value)
                .containsExactly("F", "M");
        assertThat(measured.subject().evaluation()).isEqualTo("after-review");
        assertHolds(Golden.JSON.readTree(EventCodec.write(measured)), golden, "figures by subgroup");
    }

    private static void assertHolds(JsonNode written, JsonNode golden, String where) {
        if (!golden.isContainerNode()) {
            assertThat(written).as(where).isEqualTo(golden);
            return;
        }
        assertThat(written).as(where).isNotNull();
        if (golden.isArray()) {
            assertThat(written.size()).as(where).isEqualTo(golden.size());
            for (int i = 0; i < golden.size(); i++) {
                assertHolds(written.get(i), golden.get(i), where + "[" + i + "]");
            }
        }
        golden.properties().forEach(e -> assertHolds(written.get(e.getKey()), e.getValue(), where + "." + e.getKey()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatIsWrittenIsReadAsEqual(Class<?> type) {
        Object document = Golden.read(type);

        assertThat((Object) EventCodec.read(EventCodec.write(document), type)).isEqualTo(document);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isWrittenTheSameWayEachTime(Class<?> type) {
        assertThat(EventCodec.write(Golden.read(type))).isEqualTo(EventCodec.write(Golden.read(type)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void fieldsOfALaterVersionOneAreIgnored(Class<?> type) {
        ObjectNode withMore = Golden.json(type);
        addAFieldEverywhere(withMore);

        assertThat((Object) EventCodec.read(Golden.bytes(withMore), type)).isEqualTo(Golden.read(type));
    }

    @Test
    void aMessageIsReadAsItsKindThroughTheTypeOfItsTopic() {
        for (Topic topic : Topic.values()) {
            if (topic.messageType().isSealed()) {
                for (Class<?> kind : topic.messageType().getPermittedSubclasses()) {
                    assertThat((Object) EventCodec.read(Golden.bytes(Golden.json(kind)), topic.messageType()))
                            .isEqualTo(Golden.read(kind));
                }
            }
        }
    }

    @Test
    void everyKindOfMessageIsAnEventButTheAuditLogWhichIsOfNoExperiment() {
        assertThat(Golden.documents())
                .filteredOn(type -> type != DatasetManifest.class
                        && type != AuditEntry.class
                        && type != PreparedImages.class
                        && type != Predictions.class
                        && type != Gallery.class)
                .allMatch(Event.class::isAssignableFrom);
    }

    @Test
    void mapsKeepTheirOrder() {
        assertThat(Golden.read(DatasetManifest.class).splits().keySet())
                .containsExactly("train", "val", "test", "shift-other-scanner");
    }

    /** Maps have names of people's choosing as fields, so nothing is added to these. */
    private static void addAFieldEverywhere(ObjectNode object) {
        List<String> maps = Arrays.asList("terms", "accuracy", "splits", "sourceSha256");
        object.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode inner && !maps.contains(field.getKey())) {
                addAFieldEverywhere(inner);
            }
        });
        object.put("fromALaterBuild", 1);
    }
}
