package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.database.IdempotencyKeys.Claim;
import org.rtda.gateway.database.IdempotencyKeys.Kind;

/** What each kind of database must do with keys. */
abstract class IdempotencyKeysContract {
    private static final int GATEWAYS = 4;

    private final String name = UUID.randomUUID().toString();

    abstract Database database();

    private Claim asking(Kind kind, String request) {
        return Claim.of(kind, name, request.getBytes(StandardCharsets.UTF_8), "exp-1");
    }

    @Test
    void theFirstRequestKeepsTheKey() {
        Claim first = asking(Kind.EXPERIMENT, "three epochs");
        IdempotencyKeys keys = new IdempotencyKeys(database());

        assertThat(keys.find(Kind.EXPERIMENT, name)).isEmpty();
        assertThat(keys.claim(first)).isEqualTo(first);
        assertThat(keys.claim(asking(Kind.EXPERIMENT, "four epochs"))).isEqualTo(first);
        assertThat(keys.claim(asking(Kind.EXPERIMENT, "three epochs"))).isEqualTo(first);
        assertThat(keys.find(Kind.EXPERIMENT, name)).contains(first);
    }

    @Test
    void aKeyOfAnotherKindIsAnotherKey() {
        IdempotencyKeys keys = new IdempotencyKeys(database());
        keys.claim(asking(Kind.EXPERIMENT, "an experiment"));
        Claim evaluation = asking(Kind.EVALUATION, "an evaluation");

        assertThat(keys.claim(evaluation)).isEqualTo(evaluation);
    }

    @Test
    void ofSeveralGatewaysAtOnceOneHasTheKeyAndAllSayWhich() throws Exception {
        ExecutorService gateways = Executors.newFixedThreadPool(GATEWAYS);
        List<Callable<Claim>> requests = IntStream.range(0, GATEWAYS)
                .<Callable<Claim>>mapToObj(gateway ->
                        () -> new IdempotencyKeys(database()).claim(asking(Kind.EXPERIMENT, "of gateway " + gateway)))
                .toList();
        List<Claim> answers = new ArrayList<>();
        for (Future<Claim> answer : gateways.invokeAll(requests)) {
            answers.add(answer.get());
        }
        gateways.shutdown();

        assertThat(answers).hasSize(GATEWAYS);
        assertThat(answers.stream().distinct()).hasSize(1);
    }

    @Test
    void aKeyIsForgottenAfterAWeekWhenTheNextOneIsClaimed() {
        IdempotencyKeys keys = new IdempotencyKeys(database());
        keys.claim(asking(Kind.EXPERIMENT, "three epochs"));
        keys.claim(asking(Kind.EVALUATION, "full"));
        database().inTransaction(handle -> handle.createUpdate("update idempotency_keys set claimed_at = claimed_at"
                        + " - interval '169' hour where kind = 'EXPERIMENT' and name = :name")
                .bind("name", name)
                .execute());
        database().inTransaction(handle -> handle.createUpdate("update idempotency_keys set claimed_at = claimed_at"
                        + " - interval '167' hour where kind = 'EVALUATION' and name = :name")
                .bind("name", name)
                .execute());

        keys.claim(Claim.of(Kind.EXPERIMENT, name + "-next", new byte[0], "exp-2"));

        assertThat(keys.find(Kind.EXPERIMENT, name)).isEmpty();
        assertThat(keys.find(Kind.EVALUATION, name)).isPresent();
    }
}
