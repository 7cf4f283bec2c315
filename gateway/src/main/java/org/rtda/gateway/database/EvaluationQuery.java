package org.rtda.gateway.database;

import java.util.List;
import org.rtda.gateway.view.EvaluationDocument;

/**
 * Which evaluations of the submitted experiments a page has, newest first.
 *
 * @param state null for all
 * @param named only those that people asked for by name, and not those of the experiments' own settings
 * @param after where the page before ended; null for the first page
 * @param limit evaluations of a page
 */
public record EvaluationQuery(EvaluationDocument.State state, boolean named, Long after, int limit) {
    /** @param next where the page ended; null on the last one */
    public record Page(List<EvaluationDocument> evaluations, Long next) {}
}
