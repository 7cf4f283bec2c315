package org.rtda.gateway.view;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.rtda.contracts.TrainingMetric;

/** The training metrics of one experiment's run, one a step, and where its attempts began. */
public interface TrainingSteps {
    /** By attempt, its smallest step of which a metric has come, whether that metric is still part of the run or not. */
    NavigableMap<Long, Long> firstSteps();

    void begin(long attempt, long firstStep);

    /** The attempt that made the step; empty while there is no metric of it. */
    OptionalLong attemptOf(long step);

    /** In place of the step's metric, where there is one. */
    void put(TrainingMetric metric);

    /** Removes the metrics of this step and later ones that an attempt before this one made. */
    void removeFrom(long step, long attempt);

    /** The metric of the last step. */
    Optional<TrainingMetric> last();

    /** The last metric and those at most so many steps before it, by step. Where none of these is there, the last two. */
    List<TrainingMetric> latest(long steps);

    /**
     * By step, at most as many as one answer may have. Beyond that those whose step is divisible by a power of two, with the
     * first and the last.
     */
    List<TrainingMetric> thinned();
}
