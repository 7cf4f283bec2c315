package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.gateway.TestImages;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.npz.NpzDataset;

class LineageTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TestReadModel model = new TestReadModel();
    private final ExperimentViews views = model.views;
    private final ViewEvents events = new ViewEvents("exp-1");

    @TempDir
    Path folder;

    private Lineage lineage(boolean withFiles) {
        return new Reports(
                        views,
                        new DatasetReader(store, 1 << 20),
                        store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .lineage("exp-1", withFiles)
                .orElseThrow();
    }

    private void submittedWith(DatasetRef dataset) {
        ExperimentCommand.Submit submit = events.submit();
        model.apply(new ExperimentCommand.Submit(
                submit.id(), submit.time(), submit.schemaVersion(), submit.experimentId(), submit.spec(), dataset));
    }

    /** Four test images of three files, one of which has two frames; of the others nothing is known. */
    private DatasetRef ofFiles() throws IOException {
        List<ImageRecord> records = new ArrayList<>();
        for (String sha256 : List.of("aa", "bb", "bb", "cc")) {
            records.add(new ImageRecord(sha256, "hash of " + sha256, "patient", null));
        }
        PreparedImages prepared = new PreparedImages(
                1,
                new Preparation("rtda 0.1.0", "table", null, null, new Preparation.Findings(0, 0, 0, 0, 0, 0)),
                Map.of("test", records));
        new DatasetImporter(store)
                .importFrom(
                        "busi",
                        NpzDataset.of(TestImages.npz(folder.resolve("a.npz"), 0)),
                        DatasetDescription.of("made for tests", "CC0").withPrepared(prepared));
        return new Datasets(store).find("busi").orElseThrow();
    }

    @Test
    void aModelIsTracedFromItsExperimentToTheFilesOfItsImages() throws IOException {
        DatasetRef dataset = ofFiles();
        submittedWith(dataset);
        model.apply(events.checkpoint(
                1, 10, true, new ObjectRef("experiments/" + events.experiment() + "/checkpoints/model", "33", 1)));

        Lineage lineage = lineage(false);

        assertThat(lineage.dataset().manifest()).isEqualTo(dataset.manifest());
        assertThat(lineage.dataset().details().preparation().software()).isEqualTo("rtda 0.1.0");
        Lineage.Split test = lineage.dataset().details().splits().get("test");
        assertThat(test.images()).isEqualTo(4);
        assertThat(test.sourceFiles()).isEqualTo(3);
        // of the lines aa, bb, bb and cc, joined by line ends
        assertThat(test.sourceSha256()).isEqualTo("76801c2f06b501c32069298e9e0a1014f0a67a5e6de0aabb4550e4942fbf4ea3");
        assertThat(test.files()).isNull();
        assertThat(lineage.dataset().details().splits().get("train").sourceFiles())
                .isNull();
        assertThat(lineage.initialWeights()).isNull();
        assertThat(lineage.result().epoch()).isEqualTo(10);
        assertThat(lineage.result().last()).isTrue();
    }

    @Test
    void everyFileIsNamedWhereThatIsAskedFor() throws IOException {
        submittedWith(ofFiles());

        assertThat(lineage(true).dataset().details().splits().get("test").files())
                .contains(new Lineage.File("aa", "hash of aa"), new Lineage.File("cc", "hash of cc"))
                .hasSize(4);
        assertThat(lineage(true).result()).isNull();
    }

    @Test
    void aDataSetThatWasRemovedIsNamedAsMissing() throws IOException {
        submittedWith(ofFiles());
        new Datasets(store).delete("busi", List::of);

        assertThat(lineage(true).dataset().details()).isNull();
        assertThat(lineage(true).dataset().missing())
                .isEqualTo("the store does not give the manifest: the data set may have been removed");
    }

    @Test
    void sourceFilesThatAreNotKnownAnyMoreAreMissingAndNoArrayFile() throws IOException {
        DatasetRef dataset = ofFiles();
        submittedWith(dataset);
        String images = new DatasetReader(store, 0).manifest(dataset).images().key();
        store.delete(images);

        Lineage.Dataset traced = lineage(true).dataset();

        assertThat(traced.details().splits().get("test").sourceFiles()).isNull();
        assertThat(traced.missing())
                .isEqualTo("the store does not give " + images
                        + ", which names the source files: the data set may have been removed");
    }
}
