package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.settings.Condition;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code asyncapi.yaml} says what the code does: topics, fields, types, ranges, defaults, and what is required. */
class AsyncApiTest {
    private static final String SCHEMAS = "#/components/schemas/";

    /** Where a value must be one of a list: the list. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("ExperimentSpec.method", KnownNames.METHODS),
            Map.entry("ExperimentSpec.network", KnownNames.NETWORKS),
            Map.entry("ExperimentSpec.batchNorm", KnownNames.BATCH_NORM_MODES),
            Map.entry("ExperimentSpec.classWeights", KnownNames.CLASS_WEIGHTS),
            Map.entry("InputNormalization.name", KnownNames.NORMALIZATIONS),
            Map.entry("OptimizerSettings.name", KnownNames.OPTIMIZERS),
            Map.entry("OptimizerSettings.schedule", KnownNames.SCHEDULES),
            Map.entry("SelectionSettings.checkpoint", KnownNames.CHECKPOINTS),
            Map.entry("AttackRequest.network", KnownNames.NETWORKS),
            Map.entry("AttackRequest.objective", KnownNames.ATTACK_OBJECTIVES),
            Map.entry("AttackSettings.name", KnownNames.ATTACKS),
            Map.entry("AttackSettings.norm", KnownNames.NORMS),
            Map.entry("AttackSet.name", KnownNames.ATTACK_SETS),
            Map.entry("Condition.corruption", KnownNames.CORRUPTIONS),
            Map.entry("Condition.goal", KnownNames.ATTACK_GOALS),
            Map.entry("Condition.probe", KnownNames.PROBES),
            Map.entry("SourceModel.network", KnownNames.NETWORKS),
            Map.entry("EvaluationCommand.suite", KnownNames.SUITES),
            Map.entry("EvaluationSettings.suite", List.of("standard", "full")),
            Map.entry("DatasetManifest.modality", KnownNames.MODALITIES),
            Map.entry("RobustnessMetricGate.gate", KnownNames.GATES));

    private static JsonNode api;

    @BeforeAll
    static void readTheDocument() throws IOException {
        try (InputStream in = AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml")) {
            api = Golden.JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(in));
        }
    }

    @Test
    void hasAChannelForEachTopicWithItsPartitionsAndSettings() {
        Map<String, String> described = new TreeMap<>();
        api.get("channels").forEach(channel -> {
            JsonNode kafka = channel.at("/bindings/kafka");
            Map<String, String> settings = new TreeMap<>();
            kafka.get("topicConfiguration")
                    .properties()
                    .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
            described.put(channel.get("address").asText(), kafka.get("partitions") + " " + settings);
        });

        assertThat(described)
                .isEqualTo(Arrays.stream(Topic.values())
                        .collect(Collectors.toMap(
                                Topic::topicName, t -> t.partitions() + " " + new TreeMap<>(t.settings()))));
    }

    @Test
    void hasTheMessagesOfEachTopicWithKeyAndHeader() {
        for (Topic topic : Topic.values()) {
            if (topic == Topic.DEAD_LETTERS) {
                continue;
            }
            boolean isOfAnExperiment = topic != Topic.AUDIT_LOG;
            JsonNode channel = api.get("channels").get(topic.topicName());
            Set<String> described = new TreeSet<>();
            channel.get("messages").forEach(reference -> {
                JsonNode message = at(reference.get("$ref").asText());
                described.add(message.at("/payload/$ref").asText());
                assertThat(message.at("/bindings/kafka/key/type").asText()).isEqualTo("string");
                Set<String> headers = topic.messageType() == BatchAnswer.class
                        ? Set.of(Topic.EXPERIMENT_HEADER, Topic.REPLY_TO_HEADER)
                        : Set.of(Topic.EXPERIMENT_HEADER);
                assertThat(message.has("headers")).as(topic.topicName()).isEqualTo(isOfAnExperiment);
                if (!isOfAnExperiment) {
                    return;
                }
                assertThat(stream(at(message.at("/headers/$ref").asText()).get("required")))
                        .extracting(JsonNode::asText)
                        .containsExactlyInAnyOrderElementsOf(headers);
            });

            assertThat(described)
                    .as(topic.topicName())
                    .isEqualTo(Golden.kinds(topic.messageType())
                            .map(kind -> SCHEMAS + Golden.nameOf(kind))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(at(SCHEMAS + "EvaluationHeaders").get("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(Topic.EXPERIMENT_HEADER, Topic.EVALUATION_HEADER);
        for (String asking : List.of("CheckpointSaved", "EvaluationCommand")) {
            assertThat(at("#/components/messages/" + asking).at("/headers/$ref").asText())
                    .isEqualTo(SCHEMAS + "EvaluationHeaders");
        }
        assertThat(at(SCHEMAS + "DeadLetterHeaders").get("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        Topic.EXPERIMENT_HEADER,
                        Topic.DEAD_LETTER_REASON_HEADER,
                        Topic.DEAD_LETTER_TOPIC_HEADER,
                        Topic.DEAD_LETTER_PARTITION_HEADER,
                        Topic.DEAD_LETTER_OFFSET_HEADER,
                        Topic.DEAD_LETTER_SHA256_HEADER,
                        Topic.DEAD_LETTER_SIZE_HEADER);
    }

    @Test
    void hasASchemaForEachRecordAndNoOther() {
        Set<String> wanted =
                new TreeSet<>(Set.of("Event", "Headers", "EvaluationHeaders", "AnswerHeaders", "DeadLetterHeaders"));
        records().forEach(type -> wanted.add(Golden.nameOf(type)));
        Arrays.stream(Topic.values())
                .map(Topic::messageType)
                .filter(Class::isSealed)
                .forEach(t -> wanted.add(Golden.nameOf(t)));

        assertThat(api.at("/components/schemas").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void hasTheFieldsOfEachRecordWithTheirTypes() {
        for (Class<?> type : records()) {
            Map<String, String> wanted = new TreeMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                wanted.put(component.getName(), typeOf(component.getGenericType()));
            }
            kindName(type).ifPresent(name -> wanted.put("type", "const " + name));
            Map<String, String> described = new TreeMap<>();
            properties(type).forEach((name, schema) -> described.put(name, typeOf(schema)));

            assertThat(described).as(Golden.nameOf(type)).isEqualTo(wanted);
        }
    }

    @Test
    void hasTheKindsOfEachSealedType() {
        for (Topic topic : Topic.values()) {
            if (topic.messageType().isSealed()) {
                JsonNode schema = at(SCHEMAS + Golden.nameOf(topic.messageType()));
                assertThat(schema.get("discriminator").asText()).isEqualTo("type");
                assertThat(stream(schema.get("oneOf"))
                                .map(one -> one.get("$ref").asText()))
                        .containsExactlyElementsOf(Golden.kinds(topic.messageType())
                                .map(kind -> SCHEMAS + Golden.nameOf(kind))
                                .toList());
            }
        }
    }

    @Test
    void listsTheNamesAndStatesThatAreKnown() {
        Map<String, List<String>> wanted = new TreeMap<>(NAMES);
        Map<String, List<String>> described = new TreeMap<>();
        for (Class<?> type : records()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getType().isEnum()) {
                    wanted.put(
                            Golden.nameOf(type) + "." + component.getName(),
                            Arrays.stream(component.getType().getEnumConstants())
                                    .map(Object::toString)
                                    .toList());
                }
            }
            properties(type).forEach((name, schema) -> {
                if (schema.has("enum")) {
                    described.put(
                            Golden.nameOf(type) + "." + name,
                            stream(schema.get("enum")).map(JsonNode::asText).toList());
                }
            });
        }
        assertThat(described).isEqualTo(wanted);
    }

    @Test
    void saysOfEachFieldRightlyWhetherItIsRequired() {
        for (Class<?> type : records()) {
            for (String name : properties(type).keySet()) {
                ObjectNode without = Golden.example(type);
                without.remove(name);
                boolean required = required(type).contains(name);
                if (required) {
                    assertThatThrownBy(() -> EventCodec.read(Golden.bytes(without), type))
                            .as(Golden.nameOf(type) + " without " + name)
                            .isInstanceOf(InvalidMessageException.class)
                            .message()
                            .doesNotContain("null\" because", "because \"");
                } else if (!dependsOnAnother(type, name)) {
                    assertThatCode(() -> EventCodec.read(Golden.bytes(without), type))
                            .as(Golden.nameOf(type) + " without " + name)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void statesTheDefaults() {
        for (Class<?> type : records()) {
            properties(type).forEach((name, schema) -> {
                if (schema.has("default")) {
                    ObjectNode without = Golden.example(type);
                    without.remove(name);
                    JsonNode read = Golden.JSON.valueToTree(EventCodec.read(Golden.bytes(without), type));
                    assertThat(plain(read.get(name)))
                            .as(Golden.nameOf(type) + "." + name)
                            .isEqualTo(plain(schema.get("default")));
                }
            });
        }
    }

    @Test
    void statesTheRanges() {
        int ranges = 0;
        for (Class<?> type : records()) {
            for (Map.Entry<String, JsonNode> property : properties(type).entrySet()) {
                String name = property.getKey();
                JsonNode schema = property.getValue();
                boolean inArray = schema.has("items");
                JsonNode bounded = inArray ? schema.get("items") : schema;
                boolean whole = bounded.path("type").asText().equals("integer");
                if (bounded.has("minimum")) {
                    double lowest = bounded.get("minimum").doubleValue();
                    accepts(type, name, value(whole, lowest, inArray));
                    refuses(type, name, value(whole, whole ? lowest - 1 : Math.nextDown(lowest), inArray));
                    ranges++;
                }
                if (bounded.has("exclusiveMinimum")) {
                    double bound = bounded.get("exclusiveMinimum").doubleValue();
                    accepts(type, name, value(whole, Math.nextUp(bound), inArray));
                    refuses(type, name, value(whole, bound, inArray));
                }
                if (bounded.has("maximum")) {
                    double highest = bounded.get("maximum").doubleValue();
                    accepts(type, name, value(whole, highest, inArray));
                    refuses(type, name, value(whole, whole ? highest + 1 : Math.nextUp(highest), inArray));
                }
                if (bounded.path("type").asText().equals("number")
                        && (bounded.has("minimum") || bounded.has("exclusiveMinimum"))) {
                    refuses(
                            type,
                            name,
                            inArray ? array(DoubleNode.valueOf(Double.NaN)) : DoubleNode.valueOf(Double.NaN));
                }
                if (schema.has("pattern")) {
                    refuses(type, name, TextNode.valueOf("../Not a name"));
                    refuses(type, name, TextNode.valueOf("a".repeat(64)));
                    accepts(type, name, TextNode.valueOf("a".repeat(63)));
                }
                if (schema.has("enum")) {
                    refuses(type, name, TextNode.valueOf("no-such-name"));
                }
            }
        }
        assertThat(ranges).isGreaterThan(30);
    }

    // ---- what the document says ----

    private static JsonNode at(String reference) {
        JsonNode node = api.at(reference.substring(1));
        assertThat(node.isMissingNode()).as(reference).isFalse();
        return node;
    }

    private static Map<String, JsonNode> properties(Class<?> type) {
        JsonNode schema = at(SCHEMAS + Golden.nameOf(type));
        Map<String, JsonNode> all = new LinkedHashMap<>();
        schema.path("allOf").forEach(part -> at(part.get("$ref").asText())
                .get("properties")
                .properties()
                .forEach(e -> all.put(e.getKey(), e.getValue())));
        schema.path("properties").properties().forEach(e -> all.put(e.getKey(), e.getValue()));
        return all;
    }

    private static Set<String> required(Class<?> type) {
        JsonNode schema = at(SCHEMAS + Golden.nameOf(type));
        Set<String> all = new TreeSet<>();
        schema.path("allOf")
                .forEach(part -> at(part.get("$ref").asText()).get("required").forEach(name -> all.add(name.asText())));
        schema.path("required").forEach(name -> all.add(name.asText()));
        assertThat(properties(type).keySet()).containsAll(all);
        return all;
    }

    private static String typeOf(JsonNode schema) {
        if (schema.has("$ref")) {
            return schema.get("$ref").asText();
        }
        if (schema.has("const")) {
            return "const " + schema.get("const").asText();
        }
        return switch (schema.get("type").asText()) {
            case "array" -> "array of " + typeOf(schema.get("items"));
            case "object" -> "map to " + typeOf(schema.get("additionalProperties"));
            default ->
                schema.get("type").asText()
                        + (schema.has("format") ? " " + schema.get("format").asText() : "")
                        + (schema.has("contentEncoding")
                                ? " " + schema.get("contentEncoding").asText()
                                : "");
        };
    }

    // ---- what the code says ----

    /** Every record that a document consists of. */
    private static Set<Class<?>> records() {
        Set<Class<?>> found = new LinkedHashSet<>();
        Golden.documents().forEach(type -> collect(type, found));
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> plain && plain.isRecord() && found.add(plain)) {
            Arrays.stream(plain.getRecordComponents()).forEach(c -> collect(c.getGenericType(), found));
        }
    }

    private static java.util.Optional<String> kindName(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .filter(parent -> parent.isAnnotationPresent(JsonSubTypes.class))
                .flatMap(parent ->
                        Arrays.stream(parent.getAnnotation(JsonSubTypes.class).value()))
                .filter(kind -> kind.value() == type)
                .map(JsonSubTypes.Type::name)
                .findFirst();
    }

    private static String typeOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? "array of " + typeOf(arguments[0])
                    : "map to " + typeOf(arguments[1]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == byte[].class) {
            return "string base64";
        } else if (plain.isArray()) {
            return "array of " + typeOf(plain.getComponentType());
        } else if (plain == int.class || plain == Integer.class) {
            return "integer int32";
        } else if (plain == long.class || plain == Long.class) {
            return "integer int64";
        } else if (plain == double.class || plain == Double.class) {
            return "number double";
        } else if (plain == boolean.class || plain == Boolean.class) {
            return "boolean";
        } else if (plain == String.class || plain.isEnum()) {
            return "string";
        } else if (plain == Instant.class) {
            return "string date-time";
        } else if (plain.isRecord()) {
            return SCHEMAS + Golden.nameOf(plain);
        }
        return fail("no schema type is known for " + type);
    }

    // ---- trying values ----

    /** Whether it must be there depends on another field, which has tests of its own. */
    private static boolean dependsOnAnother(Class<?> type, String name) {
        return Map.<Class<?>, Set<String>>of(
                        Payload.class, Set.of("inline", "object"),
                        Condition.class, Set.of("attack", "corruption", "severity", "attackSet", "source", "probe"),
                        Figure.class, Set.of("low", "high"))
                .getOrDefault(type, Set.of())
                .contains(name);
    }

    private static JsonNode value(boolean whole, double value, boolean inArray) {
        JsonNode number = whole ? Golden.JSON.getNodeFactory().numberNode((long) value) : DoubleNode.valueOf(value);
        return inArray ? array(number) : number;
    }

    private static JsonNode array(JsonNode element) {
        ArrayNode array = Golden.JSON.createArrayNode();
        return array.add(element);
    }

    private static void accepts(Class<?> type, String name, JsonNode value) {
        ObjectNode changed = fitted(type, name, value);
        assertThatCode(() -> EventCodec.read(Golden.bytes(changed), type))
                .as(Golden.nameOf(type) + "." + name + " = " + value)
                .doesNotThrowAnyException();
    }

    private static void refuses(Class<?> type, String name, JsonNode value) {
        ObjectNode changed = fitted(type, name, value);
        assertThatThrownBy(() -> EventCodec.read(Golden.bytes(changed), type))
                .as(Golden.nameOf(type) + "." + name + " = " + value)
                .isInstanceOf(InvalidMessageException.class);
    }

    /** An example with one value changed, and with it what must agree with it. */
    private static ObjectNode fitted(Class<?> type, String name, JsonNode value) {
        ObjectNode changed = Golden.example(type);
        if (type == ExperimentSpec.class && name.equals("shards")) {
            changed.set("batchSize", IntNode.valueOf(8192));
        }
        if (type == Condition.class) {
            changed.remove("attack");
            changed.put("kind", "CORRUPTION").put("corruption", "jpeg").put("severity", 3);
        }
        if (type == Payload.class) {
            changed.remove("object");
            changed.put("inline", new byte[4]);
        }
        if (name.equals("experimentId") && value.isTextual()) {
            // below it are the ids and the objects that the message may name
            String whole = changed.toString().replace(changed.get(name).asText(), value.asText());
            changed = EventCodec.read(whole.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
        }
        changed.set(name, value);
        return changed;
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Object plain(JsonNode value) {
        return value instanceof BooleanNode || value.isTextual() ? value.asText() : value.doubleValue();
    }
}
