package org.rtda.gateway.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ExperimentView;

/** The columns of an experiment's row. */
final class ExperimentColumns {
    /** Of a row whose experiment somebody has submitted; of others only later messages have come yet. */
    static final String SUBMITTED = "submitted_at is not null";

    private static final String SEPARATOR = ",";

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
        values.put("name", view.description().name());
        values.put("notes", view.description().notes());
        values.put("tags", tags(view.description().tags()));
        values.put("document", submit == null ? null : document());
        return values;
    }

    /** Tags as they stand in a row: between commas, which no tag has; null where there are none. */
    private static String tags(List<String> tags) {
        return tags.isEmpty() ? null : SEPARATOR + String.join(SEPARATOR, tags) + SEPARATOR;
    }

    static List<String> tags(String row) {
        return row == null ? List.of() : List.of(row.substring(1).split(SEPARATOR));
    }

    /** What a row with this tag holds. */
    static String tag(String tag) {
        return SEPARATOR + tag + SEPARATOR;
    }

    /** Null where it is too long for a row: it is derived from the messages then, each time. */
    private String document() {
        try {
            return Messages.text(ExperimentDocument.of(view, null));
        } catch (UnstorableRecordException tooLong) {
            return null;
        }
    }

    /** A command without a time is taken for the oldest. */
    private static OffsetDateTime utc(Instant time) {
        return (time == null ? Instant.EPOCH : time).atOffset(ZoneOffset.UTC);
    }
}
