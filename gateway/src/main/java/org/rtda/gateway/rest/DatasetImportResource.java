package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.api.ImportReportDocument;
import org.rtda.gateway.api.ImportedDataset;
import org.rtda.gateway.dataset.ArchiveForm;
import org.rtda.gateway.dataset.ArchiveImports;
import org.rtda.gateway.dataset.ArchiveUpload;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetSource;
import org.rtda.store.npz.NpzDataset;

@Path(ApiPath.V1 + "/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "data sets")
class DatasetImportResource {
    private static final Logger LOG = Logger.getLogger(DatasetImportResource.class);

    private final DatasetImporter importer;
    private final ArchiveImports archives;

    DatasetImportResource(DatasetImporter importer, ArchiveImports archives) {
        this.importer = importer;
        this.archives = archives;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Import a data set",
            description = "Takes a MedMNIST-style NPZ file, or a ZIP archive of pictures or DICOM files. The gateway"
                    + " reads and splits the images of an archive. It keeps no file names and no DICOM headers; text in the"
                    + " pixels is not found."
                    + " Everything is checked before anything counts as imported. Importing a name again"
                    + " makes a new import; experiments keep the one that they were submitted with.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = DatasetUpload.class)))
    @APIResponse(
            responseCode = "201",
            description = "imported; Location has its address",
            content = @Content(schema = @Schema(implementation = ImportedDataset.class)))
    @APIResponse(
            responseCode = "200",
            description = "dry-run: nothing was imported; the answer says what would be",
            content = @Content(schema = @Schema(implementation = ImportReportDocument.class)))
    @APIResponse(
            responseCode = "400",
            description = "a field is missing or not allowed, or a file is not a data set; detail says why, and report"
                    + " has what was found in an archive until then")
    @APIResponse(responseCode = "409", description = "a data set of this name is being removed")
    @APIResponse(
            responseCode = "503",
            description = "the store does not answer, or another archive is being prepared; Retry-After says after how"
                    + " many seconds to ask again")
    public Response importDataset(@BeanParam DatasetForm form) {
        Check.name("name", form.name);
        DatasetParts parts = DatasetParts.of(form.uploads);
        return ArchiveUpload.isArchive(parts.file().path(), parts.file().name())
                ? importArchive(form, parts)
                : importArrays(form, parts);
    }

    private Response importArrays(DatasetForm form, DatasetParts parts) {
        Map<String, List<String>> unused = form.ofArchives();
        if (!unused.isEmpty()) {
            String field = unused.keySet().iterator().next();
            throw ProblemException.badValue(
                    field, unused.get(field).get(0), "absent: it is for ZIP archives of images, and the file is none");
        }
        DatasetDescription description =
                described(form).withClasses(form.classNames()).withPrepared(parts.preparedImages());
        DatasetManifest manifest =
                imported(form.name, new NpzDataset(parts.file(), parts.shifts(), form.isScaled()), description);
        return created(new ImportedDataset(manifest, null));
    }

    private Response importArchive(DatasetForm form, DatasetParts parts) {
        if (form.isScaled()) {
            throw ProblemException.badValue(
                    "scale", true, "absent: it is for NPZ files; image files are scaled by their bit depth");
        }
        if (parts.prepared() != null) {
            throw ProblemException.badValue(
                    "prepared", parts.prepared().fileName(), "absent: the images of an archive are prepared here");
        }
        ArchiveForm said = archives.form(form.ofArchives(), form.classNames());
        return archives.prepared(
                ArchiveUpload.of(parts.file(), parts.shifts(), parts.sizeBytes()),
                said,
                DatasetForm.emptyToNull(form.healthy),
                (prepared, report) -> {
                    if (said.dryRun()) {
                        return Response.ok(report).build();
                    }
                    DatasetDescription description =
                            described(form).withClasses(prepared.classes()).withPrepared(prepared.prepared());
                    DatasetSource arrays = NpzDataset.of(prepared.npz()).withShifts(prepared.shifts());
                    return created(new ImportedDataset(imported(form.name, arrays, description), report));
                });
    }

    private static DatasetDescription described(DatasetForm form) {
        return DatasetDescription.of(
                        form.provenance == null ? "" : form.provenance, form.licence == null ? "" : form.licence)
                .withModality(DatasetForm.emptyToNull(form.modality))
                .withHealthyClass(DatasetForm.emptyToNull(form.healthy));
    }

    private DatasetManifest imported(String name, DatasetSource source, DatasetDescription description) {
        DatasetManifest manifest = importer.importFrom(name, source, description);
        LOG.infof(
                "data set %s imported: %d x %d x %d, splits %s",
                name,
                manifest.channels(),
                manifest.height(),
                manifest.width(),
                new TreeMap<>(manifest.splits()).keySet());
        return manifest;
    }

    private static Response created(ImportedDataset imported) {
        return Response.created(URI.create(
                        ApiPath.V1 + "/datasets/" + imported.manifest().name()))
                .entity(imported)
                .build();
    }
}
