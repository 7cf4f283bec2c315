package org.rtda.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ObjectKeys;
import org.rtda.gateway.TestImages;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.DatasetVersion;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;

class DatasetRemovalTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Datasets datasets = new Datasets(store);
    private final List<DatasetRemoval.Use> uses = new ArrayList<>();
    private boolean caughtUp = true;

    @BeforeEach
    void twoImportsOfOneNameAndOneOfALongerOne(@TempDir Path folder) throws IOException {
        TestImages.importInto(store, "busi", folder, 0);
        TestImages.importInto(store, "busi", folder, 50);
        TestImages.importInto(store, "busi-2", folder, 0);
    }

    private DatasetRemoval removal() {
        return new DatasetRemoval(
                datasets, () -> caughtUp, name -> name.equals("busi") ? List.copyOf(uses) : List.of());
    }

    private static int status(ProblemException e) {
        return e.status();
    }

    @Test
    void everyImportGoesAndOtherNamesStay() {
        assertThat(datasets.versions("busi")).extracting(DatasetVersion::latest).containsExactlyInAnyOrder(true, false);

        int removed = removal().remove("busi", false);

        // the latest manifest, two pinned ones, and of each import a block for train and one for val and test, which
        // are alike
        assertThat(removed).isEqualTo(7);
        assertThat(store.list(ObjectKeys.dataset("busi"))).isEmpty();
        assertThat(datasets.find("busi-2")).isPresent();
        assertThatThrownBy(() -> removal().remove("busi", false))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(status(e)).isEqualTo(404))
                .hasMessage("there is no data set busi");
    }

    @Test
    void anExperimentThatHasNotEndedKeepsItWhateverIsSaid() {
        uses.add(new DatasetRemoval.Use("exp-1", false));
        uses.add(new DatasetRemoval.Use("exp-2", true));

        assertThatThrownBy(() -> removal().remove("busi", true))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(status(e)).isEqualTo(409))
                .hasMessage(
                        "data set busi is needed by experiments that have not ended: exp-1; cancel them or wait for them");
        assertThat(datasets.find("busi")).isPresent();
    }

    @Test
    void anEndedExperimentKeepsItUnlessThatIsSaid() {
        uses.add(new DatasetRemoval.Use("exp-1", true));

        assertThatThrownBy(() -> removal().remove("busi", false))
                .hasMessage(
                        "data set busi was used by experiments that have ended: exp-1; without it they can neither be evaluated"
                                + " again nor tell where their images came from. ended=true (rtda dataset delete --ended) removes"
                                + " it all the same");
        assertThat(removal().remove("busi", true)).isEqualTo(7);
    }

    @Test
    void anExperimentHasNotEndedWhileAnEvaluationThatPeopleAskedForIsOpen() {
        TestReadModel model = new TestReadModel();
        ViewEvents events = new ViewEvents("exp-1");
        CheckpointSaved judged = events.checkpoint(1, 10, true, ViewEvents.OBJECT);
        List.of(
                        events.submit(),
                        judged,
                        events.status(1, ExperimentStatus.State.TRAINED, 100),
                        events.planned(10, true, ViewEvents.CLEAN),
                        events.completed(10, true, 1, 0))
                .forEach(model::apply);
        assertThat(usesOf(model.views)).containsExactly(new DatasetRemoval.Use("exp-1", true));

        model.apply(EvaluationCommand.builder()
                .id("exp-1/epoch-00010/full/command")
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .name("full")
                .checkpoint(judged)
                .suite("full")
                .build());

        assertThat(usesOf(model.views)).containsExactly(new DatasetRemoval.Use("exp-1", false));
    }

    private static List<DatasetRemoval.Use> usesOf(ExperimentViews views) {
        return views.onDataset("phantoms").stream().map(DatasetRemoval.Use::of).toList();
    }

    @Test
    void nothingIsRemovedWhileItIsNotKnownWhichExperimentsThereAre() {
        caughtUp = false;

        assertThatThrownBy(() -> removal().remove("busi", true))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(status(e)).isEqualTo(503))
                .hasMessage(
                        "data set busi is not removed: the gateway is still reading which experiments there are; try"
                                + " again in a moment");
        assertThat(datasets.find("busi")).isPresent();
        assertThat(datasets.versions("busi")).hasSize(2);

        caughtUp = true;
        assertThat(removal().remove("busi", true)).isEqualTo(7);
    }

    @Test
    void anExperimentThatIsSubmittedMeanwhileKeepsIt() {
        Deque<List<DatasetRemoval.Use>> known = new ArrayDeque<>();
        known.add(List.of());
        known.add(List.of(new DatasetRemoval.Use("exp-1", false)));

        assertThatThrownBy(() ->
                        new DatasetRemoval(datasets, () -> true, name -> known.removeFirst()).remove("busi", false))
                .hasMessageContaining("exp-1");
        assertThat(datasets.find("busi")).isPresent();
        assertThat(datasets.versions("busi")).hasSize(2);
    }

    @Test
    void whatAFailedRemovalLeftBehindIsRemovedByTheNext() {
        store.delete(ObjectKeys.manifest("busi"));

        assertThat(removal().remove("busi", false)).isEqualTo(6);
        assertThat(store.list(ObjectKeys.dataset("busi"))).isEmpty();
    }
}
