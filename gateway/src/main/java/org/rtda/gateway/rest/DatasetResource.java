package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.artifact.Artifact;
import org.rtda.gateway.artifact.ArtifactAnswers;
import org.rtda.gateway.artifact.LargeAnswers;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.dataset.DatasetRemoval;
import org.rtda.gateway.dataset.SamplePictures;
import org.rtda.gateway.dataset.SampleView;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.store.DatasetReader;
import org.rtda.store.DatasetVersion;
import org.rtda.store.Datasets;

@Path(ApiPath.V1 + "/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "data sets")
class DatasetResource {
    private static final String PNG = "image/png";

    private static final Logger LOG = Logger.getLogger(DatasetResource.class);

    private final Datasets datasets;
    private final DatasetReader reader;
    private final ExperimentViews views;
    private final SamplePictures samples;
    private final DatasetRemoval removal;
    private final ArtifactAnswers answers;
    private final LargeAnswers largeAnswers;

    DatasetResource(
            Datasets datasets,
            DatasetReader reader,
            ExperimentViews views,
            DatasetRemoval removal,
            ArtifactAnswers answers,
            LargeAnswers largeAnswers) {
        this.datasets = datasets;
        this.reader = reader;
        this.views = views;
        this.samples = new SamplePictures(reader);
        this.removal = removal;
        this.answers = answers;
        this.largeAnswers = largeAnswers;
    }

    @GET
    @Operation(summary = "All data sets by name, each with its latest import")
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
        return ProblemException.unknownDataset(name, datasets.names());
    }

    @GET
    @Path("/{name}/versions")
    @Operation(summary = "All imports of a name, newest first, each with the experiments that were submitted with it")
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
    @Produces(PNG)
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "Some images of a data set as one picture, with a row for each class",
            description = "The images are from the latest import, evenly spread over the split. They are images"
                    + " of patients: protect them.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = PNG))
    @APIResponse(responseCode = "400", description = "no such split or view, or perClass is not in 1 to 32")
    @APIResponse(responseCode = "404", description = "no such data set")
    @APIResponse(responseCode = "503", description = "too many pictures and reports are being made at the moment")
    public Response samples(
            @RestPath String name,
            @RestQuery @DefaultValue(SplitNames.TRAIN) String split,
            @RestQuery
                    @DefaultValue("images")
                    @Parameter(
                            description = "images: as imported; augmix: an AugMix view of each; augmix-difference: the"
                                    + " AugMix view minus the image, at half the contrast, with mid grey"
                                    + " for no difference",
                            schema =
                                    @Schema(
                                            enumeration = {"images", "augmix", "augmix-difference"},
                                            defaultValue = "images"))
                    String view,
            @RestQuery
                    @DefaultValue("8")
                    @Parameter(schema = @Schema(minimum = "1", maximum = "" + SamplePictures.MOST_OF_A_CLASS))
                    int perClass) {
        SampleView shown = SampleView.named(view);
        byte[] sheet = largeAnswers.make(() -> samples.png(known(name), split, shown, perClass));
        return answers.answer(Artifact.made(sheet), PNG).build();
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            summary = "Remove a data set: all imports of the name, with all objects",
            description = "Repeat the request after a failure to remove what is left.")
    @APIResponse(responseCode = "204", description = "removed")
    @APIResponse(responseCode = "404", description = "no such data set")
    @APIResponse(
            responseCode = "409",
            description = "it is being imported, or an experiment needs it: one that is being submitted or has not"
                    + " ended, or, without ended=true, one that has ended")
    @APIResponse(responseCode = "503", description = "the gateway is still reading the experiments from the topics")
    public void delete(
            @RestPath String name,
            @RestQuery
                    @DefaultValue("false")
                    @Parameter(
                            description = "true removes it although ended experiments used it, and also removes their"
                                    + " predictions and galleries. Their models and figures stay, but they"
                                    + " cannot be evaluated again")
                    boolean ended) {
        int objects = removal.remove(name, ended);
        LOG.infof("data set %s removed: %d objects", name, objects);
    }
}
