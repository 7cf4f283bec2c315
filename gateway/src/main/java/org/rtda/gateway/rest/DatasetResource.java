package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.dataset.DatasetRemoval;
import org.rtda.gateway.dataset.SamplePictures;
import org.rtda.gateway.dataset.SampleView;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.DatasetVersion;
import org.rtda.store.Datasets;
import org.rtda.store.NpzDataset;
import org.rtda.store.NpzSource;

@Path(ApiPath.V1 + "/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "data sets")
class DatasetResource {
    /** Some 200,000 images. */
    private static final long MOST_PREPARED_BYTES = 64L << 20;

    private static final Logger LOG = Logger.getLogger(DatasetResource.class);

    private final Datasets datasets;
    private final DatasetReader reader;
    private final DatasetImporter importer;
    private final ExperimentViews views;
    private final SamplePictures samples;
    private final DatasetRemoval removal;

    DatasetResource(
            Datasets datasets,
            DatasetReader reader,
            DatasetImporter importer,
            ExperimentViews views,
            DatasetRemoval removal) {
        this.datasets = datasets;
        this.reader = reader;
        this.importer = importer;
        this.views = views;
        this.samples = new SamplePictures(reader);
        this.removal = removal;
    }

    @GET
    @Operation(summary = "All data sets, each as its latest import left it, by name")
    public List<DatasetManifest> list() {
        return datasets.list();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One data set's manifest: classes, splits, counts, checksums, provenance, licence")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DatasetManifest.class)))
    @APIResponse(responseCode = "404", description = "no such data set")
    public DatasetManifest show(@RestPath String name) {
        return reader.manifest(known(name));
    }

    private DatasetRef known(String name) {
        return datasets.find(name).orElseThrow(() -> unknown(name));
    }

    private ProblemException unknown(String name) {
        return ProblemException.unknownDataset(
                name, datasets.list().stream().map(DatasetManifest::name).toList());
    }

    @GET
    @Path("/{name}/versions")
    @Operation(summary = "Every import of a name, newest first, each with the experiments that were submitted with it")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DatasetVersionDocument[].class)))
    @APIResponse(responseCode = "404", description = "no such data set")
    public DatasetVersionDocument[] versions(@RestPath String name) {
        List<DatasetVersion> versions = datasets.versions(name);
        if (versions.isEmpty()) {
            throw unknown(name);
        }
        List<ExperimentDocument> experiments = views.onDataset(name);
        return versions.stream()
                .map(version -> new DatasetVersionDocument(
                        version.ref().manifest().sha256(),
                        version.latest(),
                        experiments.stream()
                                .filter(experiment -> experiment.dataset().equals(version.ref()))
                                .map(ExperimentDocument::id)
                                .toList(),
                        version.manifest()))
                .toArray(DatasetVersionDocument[]::new);
    }

    @GET
    @Path("/{name}/samples")
    @Produces("image/png")
    @Operation(
            summary = "Some images of a data set on one sheet, a row for each class",
            description = "Of its latest import, evenly spread over the split. They are patients'.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "image/png"))
    @APIResponse(responseCode = "400", description = "no such split or view, or perClass is not in 1 to 32")
    @APIResponse(responseCode = "404", description = "no such data set")
    public byte[] samples(
            @RestPath String name,
            @RestQuery @DefaultValue("train") String split,
            @RestQuery
                    @DefaultValue("images")
                    @Parameter(
                            description =
                                    "images: as imported; augmix: an AugMix view of each; augmix-difference: the view less"
                                            + " the image around mid grey, at half the contrast",
                            schema =
                                    @Schema(
                                            enumeration = {"images", "augmix", "augmix-difference"},
                                            defaultValue = "images"))
                    String view,
            @RestQuery @DefaultValue("8") int perClass) {
        return samples.png(known(name), split, SampleView.named(view), perClass);
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            summary = "Remove a data set: every import of the name, with all objects",
            description = "Asking again after a failure removes what is left.")
    @APIResponse(responseCode = "204", description = "removed")
    @APIResponse(responseCode = "404", description = "no such data set")
    @APIResponse(
            responseCode = "409",
            description =
                    "it is being imported, or an experiment needs it: one that is being submitted or has not ended, or,"
                            + " without ended=true, one that has")
    @APIResponse(responseCode = "503", description = "the gateway is still reading which experiments there are")
    public void delete(
            @RestPath String name,
            @RestQuery
                    @DefaultValue("false")
                    @Parameter(
                            description =
                                    "true removes it although ended experiments were made from it, with their predictions and galleries;"
                                            + " their models and figures stay, and they can not be evaluated again")
                    boolean ended) {
        int objects = removal.remove(name, ended);
        LOG.infof("data set %s removed: %d objects", name, objects);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Import a data set",
            description =
                    "MedMNIST-style NPZ. All is checked before anything counts as imported. Importing a name again makes"
                            + " a new import; experiments keep the one they were submitted with.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = UploadForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "imported; Location names it",
            content = @Content(schema = @Schema(implementation = DatasetManifest.class)))
    @APIResponse(
            responseCode = "400",
            description = "a field is missing or not allowed, or a file is not a data set; the detail says why")
    @APIResponse(responseCode = "409", description = "the name is being removed")
    public Response importNpz(
            @RestForm @Parameter(hidden = true) String name,
            @RestForm @Parameter(hidden = true) String provenance,
            @RestForm @Parameter(hidden = true) String licence,
            @RestForm @Parameter(hidden = true) String classes,
            @RestForm("class") @Parameter(hidden = true) List<String> eachClass,
            @RestForm @Parameter(hidden = true) String modality,
            @RestForm @Parameter(hidden = true) String healthy,
            @RestForm @Parameter(hidden = true) String scale,
            @RestForm(FileUpload.ALL) @Parameter(hidden = true) List<FileUpload> uploads) {
        Check.name("name", name);
        NpzSource file = null;
        FileUpload prepared = null;
        Map<String, NpzSource> shifts = new TreeMap<>();
        for (FileUpload upload : uploads) {
            Object before;
            NpzSource given = new NpzSource(upload.uploadedFile(), nameOf(upload));
            if (upload.name().equals("file")) {
                before = file;
                file = given;
            } else if (upload.name().equals("prepared")) {
                before = prepared;
                prepared = upload;
            } else if (upload.name().startsWith(DatasetManifest.SHIFT_PREFIX)) {
                String label =
                        Check.name(upload.name(), upload.name().substring(DatasetManifest.SHIFT_PREFIX.length()));
                before = shifts.put(label, given);
            } else {
                throw ProblemException.badValue(
                        upload.name(), upload.fileName(), "a part named file, prepared or shift-LABEL");
            }
            if (before != null) {
                throw ProblemException.badValue(upload.name(), upload.fileName(), "given once");
            }
        }
        if (file == null) {
            throw ProblemException.badValue("file", null, "an NPZ file");
        }
        DatasetDescription description = DatasetDescription.of(
                        provenance == null ? "" : provenance, licence == null ? "" : licence)
                .withClasses(classNames(classes, eachClass))
                .withModality(emptyToNull(modality))
                .withHealthyClass(emptyToNull(healthy))
                .withPrepared(prepared == null ? null : read(prepared));
        DatasetManifest manifest =
                importer.importFrom(name, new NpzDataset(file, shifts, isScaled(emptyToNull(scale))), description);
        LOG.infof(
                "data set %s imported: %d x %d x %d, splits %s",
                name,
                manifest.channels(),
                manifest.height(),
                manifest.width(),
                new TreeMap<>(manifest.splits()).keySet());
        return Response.created(URI.create(ApiPath.V1 + "/datasets/" + name))
                .entity(manifest)
                .build();
    }

    /** One field a class may hold commas; one field for all of them may not. */
    private static List<String> classNames(String classes, List<String> each) {
        boolean together = classes != null && !classes.isBlank();
        List<String> given =
                each == null ? List.of() : each.stream().map(String::strip).toList();
        if (together && !given.isEmpty()) {
            throw ProblemException.badValue("classes", classes, "absent where each class has a field named class");
        }
        return together ? Arrays.stream(classes.split(",")).map(String::strip).toList() : given;
    }

    private static boolean isScaled(String scale) {
        if (scale != null && !scale.equals("true") && !scale.equals("false")) {
            throw ProblemException.badValue("scale", scale, "true or false");
        }
        return "true".equals(scale);
    }

    private static PreparedImages read(FileUpload prepared) {
        // it is held in memory, with the records that are made of it
        long most = Math.min(MOST_PREPARED_BYTES, Runtime.getRuntime().maxMemory() / 10);
        if (prepared.size() > most) {
            throw ProblemException.tooLarge("the part prepared may have at most " + most + " bytes, has "
                    + prepared.size() + ": import the images in several data sets");
        }
        try {
            return EventCodec.read(Files.readAllBytes(prepared.uploadedFile()), PreparedImages.class);
        } catch (InvalidMessageException e) {
            throw ProblemException.badValue(
                    "prepared", prepared.fileName(), "a PreparedImages document: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("an upload's part cannot be read", e);
        }
    }

    /** As its owner calls it, without folders; a part without a file name is called by its part. */
    private static String nameOf(FileUpload upload) {
        String given = upload.fileName();
        if (given == null || given.isBlank()) {
            return upload.name();
        }
        return given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    }

    /** A form in a browser sends fields that were left empty. */
    private static String emptyToNull(String field) {
        return field == null || field.isBlank() ? null : field.strip();
    }

    /** The form as the API's description shows it; further file parts are named {@code shift-LABEL}. */
    @Schema(name = "DatasetUpload")
    record UploadForm(
            @Schema(required = true, examples = "breastmnist")
            String name,

            @Schema(description = "where the images come from")
            String provenance,

            @Schema(examples = "CC BY 4.0") String licence,

            @Schema(
                    description = "class names by label, separated by commas; numbers when absent",
                    examples = "malignant,normal")
            String classes,

            @Schema(
                    name = "class",
                    description =
                            "instead of classes: one field a class, in the order of the labels; a name may hold commas")
            List<String> eachClass,

            @Schema(
                    description =
                            "chooses the corruptions' strengths; when absent what is known of a public set (by its name or"
                                    + " the file's)",
                    enumeration = {"ultrasound", "chest-xray", "mammogram", "other"})
            String modality,

            @Schema(
                    description =
                            "name or label of the class that means no disease; when absent what is known of a public"
                                    + " set (by its name or the file's), else none: figures that depend on it then assume label"
                                    + " 0 of two classes, and say so",
                    examples = "normal")
            String healthy,

            @Schema(
                    description = "whether float images in [0,1] become 0 to 255; without it images must be uint8",
                    defaultValue = "false")
            boolean scale,

            @Schema(required = true, format = "binary", type = SchemaType.STRING)
            Object file,

            @Schema(
                    description =
                            "a PreparedImages document (JSON): of each image its source, patient and subgroups, as rtda import makes it",
                    format = "binary",
                    type = SchemaType.STRING)
            Object prepared,

            @Schema(
                    name = "shift-other-scanner",
                    description = "one part named shift-LABEL for each external test set",
                    format = "binary",
                    type = SchemaType.STRING)
            Object shift) {}
}
