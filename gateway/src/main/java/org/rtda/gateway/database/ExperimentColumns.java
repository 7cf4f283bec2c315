package org.rtda.gateway.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ExperimentView;

/** The columns of an experiment's row. */
final class ExperimentColumns {
    private final ExperimentView view;

    ExperimentColumns(ExperimentView view) {
        this.view = view;
    }

    /** By the name under which a statement binds them. */
    Map<String, Object> values() {
        ExperimentCommand.Submit submit = view.submit().orElse(null);
        ExperimentSpec spec = submit == null ? null : submit.spec();
        Map<String, Object> values = new HashMap<>();
        values.put("submittedAt", submit == null ? null : utc(submit.time()));
        values.put("dataset", spec == null ? null : spec.dataset());
        values.put("method", spec == null ? null : spec.method());
        values.put("network", spec == null ? null : spec.network());
        values.put("norm", spec == null ? null : spec.attack().norm());
        values.put("radius", spec == null ? null : spec.attack().epsilon());
        values.put("seed", spec == null ? null : spec.seed());
        values.put("state", view.status().state().name());
        values.put("cancelRequested", view.isCancelRequested());
        values.put("epochStride", view.epochStride());
        values.put("submit", submit == null ? null : Messages.text(submit));
        values.put("status", view.reported().map(Messages::text).orElse(null));
        values.put("checkpoint", view.checkpoint().map(Messages::text).orElse(null));
        values.put("document", submit == null ? null : document());
        return values;
    }

    /** Null where it is too long for a row: it is derived from the messages then, each time. */
    private String document() {
        try {
            return Messages.text(ExperimentDocument.of(view, null));
        } catch (IllegalArgumentException tooLong) {
            return null;
        }
    }

    /** A command without a time is taken for the oldest. */
    private static OffsetDateTime utc(Instant time) {
        return (time == null ? Instant.EPOCH : time).atOffset(ZoneOffset.UTC);
    }
}
