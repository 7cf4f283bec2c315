package org.rtda.faults;

import java.time.Duration;
import java.util.List;
import org.rtda.faults.proxy.Interference;

/** Every fault there is. To add one: its class, and a line here. */
final class Faults {
    private static final List<Role> EVERYONE = List.of(Role.values());

    static final List<Fault> ALL = List.of(
            new Nothing(),
            new Killed("trainer-killed", Role.TRAINER),
            new Killed("attack-worker-killed", Role.ATTACK_WORKER),
            new Killed("augment-worker-killed", Role.AUGMENT_WORKER),
            new Killed("evaluator-killed", Role.EVALUATOR),
            new GatewayKilled(),
            new PairKilled(),
            new TermDuringQueue(),
            new SecondTrainer(),
            new Suspended("worker-stopped", Role.ATTACK_WORKER),
            new Suspended("evaluator-stopped", Role.EVALUATOR),
            new Suspended("trainer-stopped", Role.TRAINER),
            new Away("broker-away-10s", EVERYONE, true, false, Duration.ofSeconds(10)),
            new Away("broker-away-3min", EVERYONE, true, false, Duration.ofMinutes(3)),
            new Away("broker-away-20min", EVERYONE, true, false, Duration.ofMinutes(20)),
            new Away("store-away-10s", EVERYONE, false, true, Duration.ofSeconds(10)),
            new Away("store-away-3min", EVERYONE, false, true, Duration.ofMinutes(3)),
            new Away("store-away-20min", EVERYONE, false, true, Duration.ofMinutes(20)),
            new Away("both-away", EVERYONE, true, true, Duration.ofMinutes(3)),
            new Silent("both-silent", Duration.ofMinutes(3)),
            new Away("trainer-broker-away", List.of(Role.TRAINER), true, false, Duration.ofSeconds(150)),
            new Away("worker-broker-away", List.of(Role.ATTACK_WORKER), true, false, Duration.ofSeconds(150)),
            new Away("worker-store-away", List.of(Role.ATTACK_WORKER), false, true, Duration.ofSeconds(150)),
            new SickStore(
                    "store-slow",
                    "each call to the store takes half a second longer, for a minute",
                    () -> Interference.delay(Duration.ofMillis(500))),
            new SickStore(
                    "store-errors",
                    "one call in ten to the store is answered with status 500, for a minute",
                    () -> Interference.errors(10)),
            new SickStore(
                    "store-full",
                    "each write to the store is answered with status 507, as by a MinIO whose disk is full, for a minute",
                    Interference::fullDisk),
            AlteredPayload.deleted(),
            AlteredPayload.truncated(),
            AlteredPayload.bitFlipped(),
            new AnswersDoubled(),
            BadRecords.garbage(),
            BadRecords.laterSchema(),
            BadRecords.oversized("oversized-record", 1_500_000),
            BadRecords.oversized("oversized-record-10mb", 10_000_000),
            new WrongClock("clock-ahead", "+1h"),
            new WrongClock("clock-behind", "-1h"),
            new EverythingRestarted(),
            new ThousandSubmissions(),
            new WorkersJoinAndLeave(),
            new RunTooLarge());

    /** Less than ten minutes together on two cores. */
    static final List<String> SHORT = List.of(
            "nothing",
            "attack-worker-killed",
            "evaluator-killed",
            "gateway-killed",
            "broker-away-10s",
            "store-errors",
            "garbage-record",
            "trainer-killed");

    private Faults() {}

    /** @throws IllegalArgumentException when there is none of that name */
    static Fault named(String name) {
        return ALL.stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault " + name + ", there are "
                        + String.join(", ", ALL.stream().map(Fault::name).toList())));
    }
}
