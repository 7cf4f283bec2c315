package org.rtda.gateway.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows of experiments whose documents a migration has emptied. Each list that has such an experiment derives its document from its
 * messages, which takes as long as reading all of these; so the documents are written again.
 */
final class StaleDocuments {
    private StaleDocuments() {}

    /** Ids of experiments, those that were submitted last first; no ids once all documents are there. */
    static List<String> newest(Handle handle, int most) {
        return handle.createQuery("select experiment from stale_documents order by submitted_at desc, experiment"
                        + " fetch first " + most + " rows only")
                .mapTo(String.class)
                .list();
    }

    static void remove(Handle handle, String experiment) {
        handle.createUpdate("delete from stale_documents where experiment = :experiment")
                .bind("experiment", experiment)
                .execute();
    }
}
