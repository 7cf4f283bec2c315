package org.rtda.cli.benchmark;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.GatewayRefusal;
import org.rtda.cli.terminal.CommandFailure;

/** Repeats calls to a gateway that does not answer for a while. */
final class RetryingGateway {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Supplier<GatewayClient> connect;
    private final BenchmarkRun.Watcher watcher;
    private final Clock clock;
    private GatewayClient gateway;
    private Instant answered;
    private boolean isAway;

    /** @param connect gives a new connection after the gateway was away: it may have another address then */
    RetryingGateway(Supplier<GatewayClient> connect, BenchmarkRun.Watcher watcher, Clock clock) {
        this.connect = connect;
        this.watcher = watcher;
        this.clock = clock;
        this.answered = clock.instant();
    }

    /** Something that asks the gateway; says whether it got any further. */
    interface Work {
        boolean with(GatewayClient gateway);
    }

    /**
     * @return whether the work got any further; false where the gateway was away
     * @throws CommandFailure when it has been away for a quarter of an hour, or refuses for good
     */
    boolean attempt(Work work) {
        try {
            if (gateway == null) {
                gateway = connect.get();
            }
            boolean moved = work.with(gateway);
            cameBack();
            return moved;
        } catch (GatewayRefusal e) {
            if (!e.isPassing()) {
                throw e;
            }
            wentAway(e);
        } catch (CommandFailure e) {
            wentAway(e);
        }
        return false;
    }

    private void wentAway(CommandFailure e) {
        gateway = null;
        if (!isAway) {
            watcher.tell("waiting for the gateway: " + e.getMessage());
            isAway = true;
        }
        if (Duration.between(answered, clock.instant()).compareTo(PATIENCE) > 0) {
            throw new CommandFailure(
                    e.getMessage() + "; nothing is lost, the same command goes on where this one stopped", e);
        }
    }

    private void cameBack() {
        answered = clock.instant();
        if (isAway) {
            watcher.tell("the gateway is back");
            isAway = false;
        }
    }
}
