package org.rtda.evaluator.attack;

import java.time.Duration;
import java.util.Optional;

/**
 * How long attackers are waited for.
 *
 * @param silence of all attackers after which an answer counts as lost and the request is sent again, above zero
 * @param attempts how often an answer may come whose object is gone or altered before the condition fails, at least 1
 * @param longest without an answer after which the condition fails; empty for as long as it takes
 */
public record AttackTimeouts(Duration silence, int attempts, Optional<Duration> longest) {}
