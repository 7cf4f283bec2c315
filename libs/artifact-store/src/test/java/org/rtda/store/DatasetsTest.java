package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ObjectKeys;

class DatasetsTest {
    private static final byte[] EARLIER = "earlier".getBytes(StandardCharsets.UTF_8);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Datasets datasets = new Datasets(store);

    private static List<String> nothing() {
        return List.of();
    }

    @Test
    void aDataSetIsNotRemovedWhileItIsUsedAndAnotherOneIs() {
        store.put(ObjectKeys.manifest("busi"), EARLIER);
        store.put(ObjectKeys.manifest("busi-2"), EARLIER);

        datasets.using("busi", () -> {
            // a second user comes and goes
            datasets.using("busi", () -> 0);
            assertThatThrownBy(() -> datasets.delete("busi", DatasetsTest::nothing))
                    .isInstanceOf(DatasetBusyException.class)
                    .hasMessage("data set busi is in use: an experiment is being submitted or evaluated with it;"
                            + " try again when that has ended");
            assertThat(datasets.delete("busi-2", DatasetsTest::nothing)).isEqualTo(1);
            return 0;
        });

        assertThat(store.find(ObjectKeys.manifest("busi"))).isPresent();
        assertThat(datasets.delete("busi", DatasetsTest::nothing)).isEqualTo(1);
    }

    @Test
    void aDataSetThatIsBeingRemovedIsNeitherUsedNorRemovedASecondTime() {
        store.put(ObjectKeys.manifest("busi"), EARLIER);

        int removed = datasets.delete("busi", () -> {
            assertThatThrownBy(() -> datasets.using("busi", () -> 0))
                    .isInstanceOf(DatasetBusyException.class)
                    .hasMessage("data set busi is being removed: try again when that has ended");
            assertThatThrownBy(() -> datasets.delete("busi", DatasetsTest::nothing))
                    .isInstanceOf(DatasetBusyException.class);
            return List.of();
        });

        assertThat(removed).isEqualTo(1);
        assertThatCode(() -> datasets.using("busi", () -> 0)).doesNotThrowAnyException();
    }

    @Test
    void workThatFailsUsesTheDataSetNoLonger() {
        store.put(ObjectKeys.manifest("busi"), EARLIER);
        assertThatThrownBy(() -> datasets.using("busi", () -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThatThrownBy(() -> datasets.delete("busi", () -> {
                    throw new IllegalStateException("needed");
                }))
                .hasMessage("needed");

        assertThat(store.find(ObjectKeys.manifest("busi"))).contains(EARLIER);
        assertThat(datasets.delete("busi", DatasetsTest::nothing)).isEqualTo(1);
    }

    @Test
    void aManifestThatCannotBePutBackIsToldBesideTheReasonForIt() {
        StoppingStore stopping = new StoppingStore(2);
        stopping.put(ObjectKeys.manifest("busi"), EARLIER);

        assertThatThrownBy(() -> new Datasets(stopping).delete("busi", () -> {
                    throw new IllegalStateException("needed");
                }))
                .hasMessage("needed")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .hasOnlyElementsOfType(ArtifactStoreUnavailableException.class)
                        .hasSize(1));
    }

    @Test
    void whatGoesWithADataSetGoesAndNothingElse() {
        store.put(ObjectKeys.manifest("busi"), EARLIER);
        store.put("experiments/exp-1/galleries/epoch-00010/clean.json", EARLIER);
        store.put("experiments/exp-10/galleries/epoch-00010/clean.json", EARLIER);

        assertThat(datasets.delete("busi", () -> ObjectKeys.ofImages("exp-1"))).isEqualTo(2);

        assertThat(store.list("")).containsExactly("experiments/exp-10/galleries/epoch-00010/clean.json");
    }
}
