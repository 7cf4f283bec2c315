package org.rtda.evaluator;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.rtda.evaluator.lifecycle.OffsetRange;
import org.rtda.evaluator.lifecycle.PublishedMetrics;

/**
 * Tells {@link org.rtda.evaluator.lifecycle.PublishedMetrics} up to which offset it must read before it is complete.
 */
@ApplicationScoped
@Identifier("published-partitions")
class PublishedPartitions extends FromTheBeginning {
    private final PublishedMetrics published;

    PublishedPartitions(PublishedMetrics published) {
        this.published = published;
    }

    @Override
    void assigned(Map<Integer, OffsetRange> ranges) {
        published.assigned(ranges);
    }
}
