package org.rtda.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;

class AccountsTest {
    private static final Accounts ACCOUNTS = Accounts.described();

    private static List<String> whoMay(Privilege operation, Resource resource, String name) {
        return ACCOUNTS.names().stream()
                .filter(account -> ACCOUNTS.allows(account, resource, operation, name))
                .toList();
    }

    @Test
    void aLineIsReadAsOneRightForEachOperationAndName() {
        assertThat(Accounts.parse("a  topic  read,write  one two*  # why\n\n# nothing\nb objects delete x/*/y")
                        .grants())
                .containsExactly(
                        new Grant("a", Resource.TOPIC, Privilege.READ, "one"),
                        new Grant("a", Resource.TOPIC, Privilege.READ, "two*"),
                        new Grant("a", Resource.TOPIC, Privilege.WRITE, "one"),
                        new Grant("a", Resource.TOPIC, Privilege.WRITE, "two*"),
                        new Grant("b", Resource.OBJECTS, Privilege.DELETE, "x/*/y"));
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> Accounts.parse("# fine\na topic read"))
                .hasMessage("line 2: account, resource, operations and names are needed, was \"a topic read\"");
        assertThatThrownBy(() -> Accounts.parse("a queue read x"))
                .hasMessage("line 1: resource must be one of [topic, group, transactions, objects], was queue");
        assertThatThrownBy(() -> Accounts.parse("a topic erase x"))
                .hasMessage("line 1: operation must be one of [describe, read, write, delete], was erase");
        assertThatThrownBy(() -> Accounts.parse("a topic delete x"))
                .hasMessage("line 1: delete is nothing that can be done with topic, which has describe, read, write");
        assertThatThrownBy(() -> Accounts.parse("a topic read x*y"))
                .hasMessage("line 1: the name of a topic may have * at its end alone, was x*y");
    }

    @Test
    void aNameCoversWhatItsStarsStandFor() {
        Grant states = new Grant(
                "a", Resource.OBJECTS, Privilege.DELETE, "experiments/*/checkpoints/*/training-state.safetensors");
        assertThat(states.covers("experiments/e1/checkpoints/epoch-00001/attempt-1/training-state.safetensors"))
                .isTrue();
        assertThat(states.covers("experiments/e1/checkpoints/epoch-00001/attempt-1/weights.safetensors"))
                .isFalse();
        assertThat(new Grant("a", Resource.TOPIC, Privilege.READ, "attack-requests").covers("attack-requests-2"))
                .isFalse();
    }

    @Test
    void everyTopicAndGroupOfTheDescriptionIsOneOfTheContracts() {
        List<String> topics =
                Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        Predicate<Grant> exact = grant -> !grant.name().endsWith("*");
        assertThat(ACCOUNTS.grants().stream()
                        .filter(grant -> grant.resource() == Resource.TOPIC)
                        .filter(exact)
                        .map(Grant::name))
                .isSubsetOf(topics)
                .containsAll(topics);
        assertThat(ACCOUNTS.grants().stream()
                        .filter(grant -> grant.resource() == Resource.GROUP)
                        .filter(exact)
                        .map(Grant::name))
                .containsExactlyInAnyOrderElementsOf(Topic.shareGroups());
    }

    /** Written by hand, so that a right that is added by mistake is seen. */
    @Test
    void commandsAreTheGatewaysAndAttackWorkersAnswerAlone() {
        assertThat(whoMay(Privilege.WRITE, Resource.TOPIC, "experiments")).containsExactly("gateway");
        assertThat(whoMay(Privilege.WRITE, Resource.TOPIC, "evaluation-commands"))
                .containsExactly("gateway");
        assertThat(whoMay(Privilege.WRITE, Resource.TOPIC, "adversarial-batches"))
                .containsExactly("attack-service");
        assertThat(whoMay(Privilege.WRITE, Resource.TOPIC, "augmented-batches")).containsExactly("augment-service");
        assertThat(whoMay(Privilege.WRITE, Resource.TOPIC, "robustness-metrics"))
                .containsExactly("evaluator-service");
        assertThat(whoMay(Privilege.WRITE, Resource.TOPIC, "training-metrics")).containsExactly("trainer-service");
        assertThat(ACCOUNTS.allowed("attack-service", Resource.TOPIC, Privilege.WRITE))
                .containsExactly("adversarial-batches", "dead-letters");
        assertThat(ACCOUNTS.allowed("dashboard", Resource.TOPIC, Privilege.READ))
                .containsExactly("training-metrics", "robustness-metrics");
        assertThat(ACCOUNTS.allowed("dashboard", Resource.TOPIC, Privilege.WRITE))
                .isEmpty();
    }

    @Test
    void weightsAreNotReadByAugmentWorkersNorReplacedByAttackWorkers() {
        String snapshot = "transient/e1/1/weights-7.safetensors";
        String checkpoint = "experiments/e1/checkpoints/epoch-00001/attempt-1/weights.safetensors";
        assertThat(whoMay(Privilege.READ, Resource.OBJECTS, snapshot))
                .containsExactly("gateway", "attack-service", "trainer-service", "evaluator-service");
        assertThat(whoMay(Privilege.READ, Resource.OBJECTS, checkpoint)).doesNotContain("augment-service");
        assertThat(whoMay(Privilege.WRITE, Resource.OBJECTS, snapshot))
                .containsExactly("trainer-service", "evaluator-service");
        assertThat(whoMay(Privilege.WRITE, Resource.OBJECTS, checkpoint)).containsExactly("trainer-service");
        // the trainer removes what an attempt left without a checkpoint; it may replace these objects anyway
        assertThat(whoMay(Privilege.DELETE, Resource.OBJECTS, checkpoint))
                .containsExactly("gateway", "trainer-service");
        assertThat(whoMay(Privilege.DELETE, Resource.OBJECTS, "experiments/e1/evaluations/epoch-00001/clean.npz"))
                .containsExactly("gateway");
        assertThat(whoMay(Privilege.DELETE, Resource.OBJECTS, "datasets/busi/manifest.json"))
                .containsExactly("gateway");
    }

    @Test
    void aRightAtTheBrokerIsARuleOfItsName() {
        assertThat(new BrokerAccess(Accounts.parse("a topic read x\na transactions write y-*\na group describe *"))
                        .rules())
                .hasSize(4)
                .anySatisfy(rule -> {
                    assertThat(rule.entry().principal()).isEqualTo("User:a");
                    assertThat(rule.entry().operation()).isEqualTo(AclOperation.READ);
                    assertThat(rule.pattern().name()).isEqualTo("x");
                    assertThat(rule.pattern().patternType()).isEqualTo(PatternType.LITERAL);
                })
                .anySatisfy(rule -> {
                    assertThat(rule.entry().operation()).isEqualTo(AclOperation.WRITE);
                    assertThat(rule.pattern().name()).isEqualTo("y-");
                    assertThat(rule.pattern().patternType()).isEqualTo(PatternType.PREFIXED);
                })
                .anySatisfy(rule -> {
                    assertThat(rule.entry().operation()).isEqualTo(AclOperation.DESCRIBE_CONFIGS);
                    assertThat(rule.pattern().name()).isEqualTo("*");
                });
    }

    @Test
    void passwordsThatAreMissingAreAllNamed() {
        assertThatThrownBy(() -> AccountPasswords.of(
                        List.of("one", "two", "three"),
                        key -> key.endsWith("one") ? Optional.of("12345678") : Optional.empty()))
                .hasMessage("rtda.access.password.two must have at least 8 characters, has 0;"
                        + " rtda.access.password.three must have at least 8 characters, has 0");
        assertThat(AccountPasswords.of(List.of("one"), key -> Optional.of("12345678")))
                .containsEntry("one", "12345678");
    }

    @Test
    void thePageShowsTheDescription() throws IOException {
        Path root = Path.of(System.getProperty("rtda.root"));
        assertThat(Files.readString(root.resolve("docs/access.md")))
                .as("docs/access.md, between its two marks")
                .contains(new AccessPage(ACCOUNTS).tables());
    }
}
