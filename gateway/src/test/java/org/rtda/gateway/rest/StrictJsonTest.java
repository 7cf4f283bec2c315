package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.KnownNames;
import org.rtda.gateway.problem.Problem;
import org.rtda.gateway.problem.ProblemException;

class StrictJsonTest {

    private static Problem refused(String json) {
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> read(json));
        assertThat(e).as(json).isNotNull();
        assertThat(e.status()).isEqualTo(400);
        return e.problem();
    }

    private static ExperimentSpec read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), ExperimentSpec.class);
    }

    @Test
    void absentFieldsTakeTheirDefaults() {
        assertThat(read("{\"dataset\":\"d\"}").lambda()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"dataset\":\"d\",\"method\":\"rdta\"}|method|rdta|one of METHODS",
                "{\"dataset\":\"d\",\"network\":\"vgg\"}|network|vgg|one of NETWORKS",
                "{\"dataset\":\"d\",\"epochs\":0}|epochs|0|in [1, 10000]",
                "{\"dataset\":\"d\",\"attack\":{\"epsilon\":-1}}|attack.epsilon|-1.0|in [0, 1000]",
                "{\"dataset\":\"d\",\"attack\":{\"epsilon\":\"NaN\"}}|attack.epsilon|NaN|in [0, 1000]",
                "{\"dataset\":\"d\",\"attack\":{\"epsilon\":\"8/255\"}}|attack.epsilon|8/255|a number (0.03137, not \"8/255\")",
                "{\"dataset\":\"d\",\"attack\":{\"stepSize\":\"2/255\"}}|attack.stepSize|2/255|a number (0.007843, not \"2/255\")",
                "{\"dataset\":\"d\",\"evaluation\":{\"linfEpsilons\":[\"4/255\"]}}|evaluation.linfEpsilons.0|4/255|a number (0.01569, not \"4/255\")",
                "{\"dataset\":\"d\",\"epochs\":\"5\"}|epochs|\"5\"|a whole number of 32 bits",
                "{\"dataset\":\"d\",\"epochs\":2.5}|epochs|2.5|a whole number of 32 bits",
                "{\"dataset\":\"d\",\"seed\":true}|seed|true|a whole number of 64 bits",
                "{\"dataset\":\"d\",\"attack\":{\"randomStart\":\"yes\"}}|attack.randomStart|yes|true or false",
                "{\"dataset\":\"d\",\"attack\":[]}|attack|[]|an object",
                "{\"dataset\":\"d\",\"evaluation\":{\"epsilons\":0.5}}|evaluation.epsilons|0.5|a list",
                "{\"dataset\":\"d\",\"evaluation\":{\"epsilons\":[0.5,\"x\"]}}|evaluation.epsilons.1|x|a number",
                "{\"dataset\":{\"name\":\"d\"}}|dataset|{\"name\":\"d\"}|a text",
                "{\"dataset\":false}|dataset|false|a text",
                "{\"dataset\":7}|dataset|7|a text",
                "{\"dataset\":\"d\",\"method\":0.5}|method|0.5|a text"
            })
    void aBadValueIsRefusedByItsNameWithWhatIsAllowed(String json, String field, String value, String rule) {
        String allowed = rule.replace("METHODS", KnownNames.METHODS.toString())
                .replace("NETWORKS", KnownNames.NETWORKS.toString());
        Problem problem = refused(json);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.allowed()).isEqualTo(allowed);
        assertThat(problem.value().replace("\"", "")).isEqualTo(value.replace("\"", ""));
    }

    @Test
    void aMisspeltOptionIsRefusedAndTheKnownOnesAreNamed() {
        Problem problem = refused("{\"dataset\":\"d\",\"attack\":{\"epsilom\":1}}");
        assertThat(problem.field()).isEqualTo("attack.epsilom");
        assertThat(problem.allowed()).isEqualTo("one of [epsilon, name, norm, randomStart, restarts, stepSize, steps]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "7", "\"text\"", "{\"dataset\":\"d\"} x", "{\"dataset\":\"d\",}"})
    void whatIsNotAJsonObjectIsRefused(String json) {
        assertThat(refused(json).detail())
                .startsWith("the body ")
                .doesNotContain("java.", "org.", "[Source", "StreamRead");
    }

    @Test
    void aTextThatEndsTooEarlyOrIsNestedTooDeepIsRefusedInPlainWords() {
        assertThat(refused("{").detail())
                .isEqualTo("the body is not the JSON object it should be: it ends too early (line 1, column 2)");
        for (String json : List.of("{\"epochs\":{", "{\"attack\":{\"norm\":\"l2\"", "{\"a\":".repeat(3_000))) {
            Problem problem = refused(json);
            assertThat(problem.detail() + problem.value() + problem.allowed())
                    .doesNotContain("[Source", "StreamRead", "java.", "org.");
        }
    }

    @Test
    void aFieldThatIsGivenTwiceIsRefused() {
        assertThat(refused("{\"dataset\":\"d\",\"epochs\":1,\"epochs\":2}").detail())
                .contains("Duplicate field 'epochs'");
    }
}
