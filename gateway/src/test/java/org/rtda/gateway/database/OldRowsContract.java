package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ViewEvents;

/** Of twelve experiments a gateway of the first schema wrote the rows; then the database was brought up to date. */
abstract class OldRowsContract {
    private static final int EXPERIMENTS = 12;

    /** What the first schema has of these tables, but for the documents. */
    private static final Map<String, String> FIRST_SCHEMA = new LinkedHashMap<>();

    static {
        FIRST_SCHEMA.put(
                "experiments",
                "id, submitted_at, dataset, method, network, norm, radius, seed, state, cancel_requested, epoch_stride,"
                        + " submit, status, checkpoint");
        FIRST_SCHEMA.put("cancels", "experiment, cancel, change, message");
        FIRST_SCHEMA.put("statuses", "change, experiment, message");
        FIRST_SCHEMA.put("training_attempts", "experiment, attempt, first_step");
        FIRST_SCHEMA.put("training_metrics", "experiment, step, attempt, change, message");
        FIRST_SCHEMA.put("evaluation_messages", "experiment, evaluation, kind, item, change, message");
    }

    private final TestReadModel newest = new TestReadModel();
    private TestReadModel upgraded;

    /** With no table in it. */
    abstract Database empty();

    @BeforeEach
    void upgrade() {
        for (int i = 1; i <= EXPERIMENTS; i++) {
            ViewEvents events = new ViewEvents(String.format("exp-%02d", i));
            newest.applyAll(List.of(
                    events.submit(ViewEvents.TIME.plusSeconds(i)),
                    events.training(1, 1),
                    events.planned(1, false, ViewEvents.CLEAN),
                    events.measured(1, false, ViewEvents.CLEAN, 0.75),
                    events.completed(1, false, 1, 0),
                    events.planned(2, false, ViewEvents.CLEAN, ViewEvents.NOISE),
                    events.cancel()));
        }
        Database old = firstSchema();
        migrate(old, 1, MigrationFiles.NAMES.size());
        upgraded = new TestReadModel(old);
    }

    /** With the rows of the newest. */
    private Database firstSchema() {
        Database old = empty();
        migrate(old, 0, 1);
        FIRST_SCHEMA.forEach((table, columns) -> copy(table, columns, old));
        old.inTransaction(
                handle -> handle.execute("update experiments set document = '{\"id\":\"of the first form\"}'"));
        long lastChange = newest.database.read(ReadModel::lastChange);
        old.inTransaction(handle -> handle.execute("update read_model set last_change = " + lastChange));
        return old;
    }

    private static void migrate(Database database, int from, int to) {
        TestReadModel.migrate(database, MigrationFiles.NAMES.subList(from, to));
    }

    private void copy(String table, String columns, Database to) {
        List<Map<String, Object>> rows =
                newest.database.read(handle -> handle.createQuery("select " + columns + " from " + table)
                        .mapToMap()
                        .list());
        String values =
                Arrays.stream(columns.split(", ")).map(column -> ":" + column).collect(Collectors.joining(", "));
        to.inTransaction(handle -> {
            rows.forEach(
                    row -> handle.createUpdate("insert into " + table + " (" + columns + ") values (" + values + ")")
                            .bindMap(row)
                            .execute());
            return null;
        });
    }

    /** As a gateway of that schema has written them. */
    private void fillDocuments(Database old) {
        old.inTransaction(handle -> {
            newest.documents().forEach(document -> handle.createUpdate(
                            "update experiments set document = :document where id = :id")
                    .bind("document", Messages.text(document))
                    .bind("id", document.id())
                    .execute());
            evaluations(newest).forEach(document -> handle.createUpdate(
                            "update evaluations set state = :state, document = :document where evaluation = :id")
                    .bind("state", document.state().name())
                    .bind("document", Messages.text(document))
                    .bind("id", document.id())
                    .execute());
            return null;
        });
    }

    private long withoutDocument(String table) {
        return upgraded.database.read(
                handle -> handle.createQuery("select count(*) from " + table + " where document is null")
                        .mapTo(Long.class)
                        .one());
    }

    private List<String> stale() {
        return upgraded.database.read(handle -> StaleDocuments.newest(handle, 100));
    }

    private static List<EvaluationDocument> evaluations(TestReadModel model) {
        return model.views
                .evaluations(new EvaluationQuery(null, false, null, 100))
                .evaluations();
    }

    @Test
    void listsSayTheSameBeforeTheirDocumentsAreWrittenAgainAndAfterwards() {
        List<ExperimentDocument> experiments = newest.documents();
        assertThat(experiments).hasSize(EXPERIMENTS);
        assertThat(withoutDocument("experiments")).isEqualTo(12);
        assertThat(withoutDocument("evaluations")).isEqualTo(24);
        assertThat(upgraded.documents()).isEqualTo(experiments);
        assertThat(evaluations(upgraded)).isEqualTo(evaluations(newest));

        assertThat(upgraded.renewDocuments()).isTrue();
        assertThat(upgraded.renewDocuments()).isTrue();
        assertThat(upgraded.renewDocuments()).as("none are left").isFalse();

        assertThat(withoutDocument("experiments")).isZero();
        assertThat(withoutDocument("evaluations")).isZero();
        // no message is read for a list any more
        upgraded.database.inTransaction(handle -> handle.execute("delete from evaluation_messages"));
        assertThat(upgraded.documents()).isEqualTo(experiments);
        assertThat(evaluations(upgraded)).isEqualTo(evaluations(newest));
        assertThat(upgraded.views
                        .evaluations(new EvaluationQuery(EvaluationDocument.State.CANCELLING, false, null, 100))
                        .evaluations())
                .hasSize(12);
    }

    @Test
    void thoseOfTheNewestExperimentsAreWrittenFirst() {
        upgraded.renewDocuments();

        assertThat(stale()).containsExactly("exp-02", "exp-01");
    }

    @Test
    void whatIsDeletedOrForgottenHasNoneToWrite() {
        upgraded.apply(new ViewEvents("exp-12").delete());
        assertThat(stale()).hasSize(11).doesNotContain("exp-12");

        new ReadModel(upgraded.database).forget();
        assertThat(upgraded.renewDocuments()).isFalse();
    }

    /** Its messages may be of a form that this gateway does not read any more. */
    @Test
    void oneThatCannotBeWrittenHoldsUpNoOther() {
        upgraded.database.inTransaction(
                handle -> handle.execute("update evaluation_messages set message = '{}' where experiment = 'exp-11'"));

        assertThat(upgraded.renewDocuments()).isTrue();
        assertThat(upgraded.renewDocuments()).isTrue();
        assertThat(upgraded.renewDocuments()).isFalse();
        assertThat(withoutDocument("experiments")).isEqualTo(1);
    }

    /** All documents are there; of exp-12 no message of the final evaluation has come, of exp-11 one has. */
    @Test
    void aFinalEvaluationThatIsAwaitedGetsItsRow() {
        newest.applyAll(List.of(
                new ViewEvents("exp-10").checkpoint(1, 2, false, ViewEvents.OBJECT),
                new ViewEvents("exp-11").checkpoint(1, 2, true, ViewEvents.OBJECT),
                new ViewEvents("exp-12").checkpoint(1, 1, false, ViewEvents.OBJECT),
                new ViewEvents("exp-12").checkpoint(1, 20, true, ViewEvents.OBJECT)));
        int v11 = MigrationFiles.NAMES.indexOf("V11__stale_documents.sql");
        Database old = firstSchema();
        migrate(old, 1, v11);
        fillDocuments(old);
        migrate(old, v11, MigrationFiles.NAMES.size());
        upgraded = new TestReadModel(old);
        assertThat(stale()).containsExactly("exp-12");
        assertThat(evaluations(upgraded)).hasSize(24);

        upgraded.renewDocuments();

        assertThat(evaluations(upgraded)).hasSize(25).isEqualTo(evaluations(newest));
        assertThat(evaluations(upgraded).get(0).id()).isEqualTo("exp-12/epoch-00020");
        // a change of its own: what comes next does not share it
        upgraded.apply(new ViewEvents("exp-12").planned(3, false, ViewEvents.CLEAN));
        assertThat(evaluations(upgraded).get(0).id()).isEqualTo("exp-12/epoch-00003");
    }
}
