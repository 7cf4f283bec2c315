package org.rtda.gateway.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rtda.contracts.dataset.DatasetManifest;

/**
 * The answer to an import: the manifest's fields, and beside them the report of an archive.
 *
 * @param report null where arrays were imported
 */
@Schema(description = "the manifest's fields and, for an archive of images, the report")
public record ImportedDataset(@JsonUnwrapped DatasetManifest manifest, ImportReportDocument report) {}
