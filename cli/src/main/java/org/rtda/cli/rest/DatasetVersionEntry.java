package org.rtda.cli.rest;

import java.util.List;
import org.rtda.contracts.dataset.DatasetManifest;

/**
 * One import of a data set.
 *
 * @param latest whether new experiments take it
 * @param experiments that were submitted with it
 */
public record DatasetVersionEntry(
        String manifestSha256, boolean latest, List<String> experiments, DatasetManifest manifest) {}
