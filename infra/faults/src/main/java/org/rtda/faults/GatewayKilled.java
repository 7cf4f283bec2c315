package org.rtda.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.rtda.contracts.Topic;

/** The gateway dies with a submission in its hands, and the client asks again with the same key. */
record GatewayKilled() implements Fault {
    /** About what a submission takes. */
    private static final int WITHIN_MILLIS = 40;

    @Override
    public String name() {
        return "gateway-killed";
    }

    @Override
    public String description() {
        return "the gateway is killed with -9 during a submission, which its client repeats with the same key";
    }

    @Override
    public void happen(Trial trial) {
        Gateway gateway = trial.system().gateway();
        String key = key(trial);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> {
            try {
                gateway.trySubmit(Template.TINY.specification(), key);
            } catch (IOException e) {
                // expected: it was killed meanwhile
                return;
            }
        });
        Pause.of(Duration.ofMillis(trial.random().nextInt(WITHIN_MILLIS)));
        trial.system().kill(trial.system().members(Role.GATEWAY).get(0));
        first.join();
        trial.system().start(Role.GATEWAY);
        trial.expect(gateway.submit(Template.TINY.specification(), key), Template.TINY);
    }

    /** A command may be on the topic twice, but of one experiment. */
    @Override
    public List<String> complaints(Trial trial) {
        List<String> submitted = trial.system().watch().on(Topic.EXPERIMENTS).stream()
                .map(Watch.Seen::experimentId)
                .distinct()
                .filter(id -> !trial.experimentIds().contains(id))
                .toList();
        return submitted.isEmpty()
                ? List.of()
                : List.of("submitted besides what was asked for: " + String.join(", ", submitted));
    }

    private static String key(Trial trial) {
        return trial.id() + "-during";
    }
}
