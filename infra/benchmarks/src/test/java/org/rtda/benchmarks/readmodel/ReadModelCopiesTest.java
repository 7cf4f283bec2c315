package org.rtda.benchmarks.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadModelCopiesTest {
    private static final String URL = "jdbc:h2:mem:copies;DB_CLOSE_DELAY=-1";

    /** The columns that are copied, as the gateway names them. */
    private static final List<String> TABLES = List.of(
            "read_model (id integer, last_change bigint)",
            "experiments (id varchar, submitted_at timestamp, dataset varchar, method varchar, network varchar, norm varchar,"
                    + " radius double precision, seed bigint, state varchar, cancel_requested boolean, epoch_stride integer,"
                    + " submit varchar, status varchar, checkpoint varchar, document varchar, name varchar, notes varchar,"
                    + " tags varchar)",
            "statuses (change bigint primary key, experiment varchar, message varchar)",
            "training_attempts (experiment varchar, attempt bigint, first_step bigint)",
            "training_metrics (experiment varchar, step bigint, attempt bigint, change bigint, message varchar)",
            "evaluation_messages (experiment varchar, evaluation varchar, kind varchar, item varchar, change bigint,"
                    + " message varchar)",
            "evaluations (experiment varchar, evaluation varchar, since bigint, state varchar, document varchar)");

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    @Test
    void everyRowOfAnExperimentIsThereOnceMoreUnderTheIdOfEachCopy() throws SQLException {
        try (Connection database = DriverManager.getConnection(URL, "rtda", "");
                Statement statement = database.createStatement()) {
            for (String table : TABLES) {
                statement.execute("create table " + table);
            }
            statement.execute("insert into read_model values (1, 40)");
            statement.execute(
                    "insert into experiments (id, submitted_at, document, seed, state) values"
                            + " ('exp-000000000001', timestamp '2026-01-01 00:01:00', '{\"id\":\"exp-000000000001\"}', 1, 'TRAINED')");
            statement.execute("insert into statuses values (7, 'exp-000000000001', '{}')");
            statement.execute("insert into training_attempts values ('exp-000000000001', 1, 1)");
            statement.execute(
                    "insert into training_metrics values ('exp-000000000001', 1, 1, 9, '{\"id\":\"exp-000000000001/1/1\"}')");
            statement.execute(
                    "insert into evaluation_messages values ('exp-000000000001', 'exp-000000000001/epoch-00010',"
                            + " 'PLAN', '', 11, '{}')");
            statement.execute(
                    "insert into evaluations values ('exp-000000000001', 'exp-000000000001/epoch-00010', 11, 'COMPLETE',"
                            + " '{\"experimentId\":\"exp-000000000001\"}')");

            ReadModelCopies.make(URL, "rtda", "", 3, 2);

            assertThat(rows(statement, "select document from experiments order by id"))
                    .containsExactly(
                            "{\"id\":\"exp-000000000001\"}",
                            "{\"id\":\"exp-000000001001\"}",
                            "{\"id\":\"exp-000000002001\"}");
            // three originals a minute apart: a copy is three minutes later
            assertThat(rows(statement, "select extract(minute from submitted_at) from experiments order by id"))
                    .containsExactly("1", "4", "7");
            assertThat(rows(statement, "select change from statuses order by change"))
                    .containsExactly("7", "47", "87");
            assertThat(rows(statement, "select experiment from training_attempts order by experiment"))
                    .containsExactly("exp-000000000001", "exp-000000001001", "exp-000000002001");
            assertThat(rows(statement, "select message from training_metrics order by change"))
                    .containsExactly(
                            "{\"id\":\"exp-000000000001/1/1\"}",
                            "{\"id\":\"exp-000000001001/1/1\"}",
                            "{\"id\":\"exp-000000002001/1/1\"}");
            assertThat(rows(statement, "select evaluation from evaluation_messages order by change"))
                    .containsExactly(
                            "exp-000000000001/epoch-00010",
                            "exp-000000001001/epoch-00010",
                            "exp-000000002001/epoch-00010");
            assertThat(rows(statement, "select document from evaluations order by since"))
                    .containsExactly(
                            "{\"experimentId\":\"exp-000000000001\"}",
                            "{\"experimentId\":\"exp-000000001001\"}",
                            "{\"experimentId\":\"exp-000000002001\"}");
            assertThat(rows(statement, "select last_change from read_model")).containsExactly("120");
        }
    }

    @Test
    void moreOriginalsThanThreeDigitsTellApartAreRefused() {
        assertThatThrownBy(() -> ReadModelCopies.make(URL, "rtda", "", 4097, 1))
                .hasMessage("at most 4096 experiments can be copied, were 4097");
    }
}
