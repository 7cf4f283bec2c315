package org.rtda.gateway.report.figures;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.CorruptionKind;

/**
 * Corruptions reported together: those that AugMix's operations resemble, or those that training never uses.
 *
 * @param conditions how many there should be: five severities of each corruption
 */
public record CorruptionGroup(List<String> corruptions, List<Measured> measured, int conditions) {
    public Optional<Measured> at(String corruption, int severity) {
        return of(corruption).stream()
                .filter(m -> m.condition().severity() == severity)
                .findFirst();
    }

    public List<Measured> of(String corruption) {
        return measured.stream()
                .filter(m -> m.condition().corruption().equals(corruption))
                .toList();
    }

    public List<Measured> atSeverity(int severity) {
        return measured.stream()
                .filter(m -> m.condition().severity() == severity)
                .toList();
    }

    /** Empty where none is measured. */
    public static Optional<CorruptionGroup> heldOut(Findings findings) {
        return group(findings, false);
    }

    /** Empty where none is measured. */
    public static Optional<CorruptionGroup> likeAugMix(Findings findings) {
        return group(findings, true);
    }

    private static Optional<CorruptionGroup> group(Findings findings, boolean likeAugMix) {
        List<Measured> measured = findings.ofKind(Condition.Kind.CORRUPTION).stream()
                .filter(m -> sharesOperationWithAugMix(m.condition().corruption()) == likeAugMix)
                .toList();
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        // one that failed belongs to the mean too, which is then not given
        List<String> corruptions = Stream.concat(
                        measured.stream().map(Measured::condition),
                        findings.failed().stream()
                                .map(failed -> failed.condition())
                                .filter(c -> c.kind() == Condition.Kind.CORRUPTION
                                        && sharesOperationWithAugMix(c.corruption()) == likeAugMix))
                .map(Condition::corruption)
                .distinct()
                .toList();
        return Optional.of(new CorruptionGroup(corruptions, measured, CorruptionKind.SEVERITIES * corruptions.size()));
    }

    private static boolean sharesOperationWithAugMix(String corruption) {
        return CorruptionKind.named(corruption).isLikeAugMix();
    }
}
