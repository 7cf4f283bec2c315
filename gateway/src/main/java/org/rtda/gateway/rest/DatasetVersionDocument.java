package org.rtda.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.rtda.contracts.dataset.DatasetManifest;

/**
 * One import of a data set, and who uses it.
 *
 * @param manifestSha256 by which experiments pin it
 * @param latest whether new experiments take it
 * @param experiments ids of those that were submitted with it, newest first
 * @param manifest what the import wrote
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DatasetVersionDocument(
        String manifestSha256, boolean latest, List<String> experiments, DatasetManifest manifest) {}
