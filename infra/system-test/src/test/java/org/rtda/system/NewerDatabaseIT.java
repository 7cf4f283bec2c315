package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.PackagedService;
import org.rtda.testkit.LocalStack;

/** The packaged gateway with a database that a newer gateway has written. */
class NewerDatabaseIT {
    private static final String TABLES = "select count(*) from information_schema.tables where table_schema = 'PUBLIC'";

    @TempDir
    Path folder;

    /** As Flyway notes that it has brought a schema to version 99. */
    private static void writeSchema(Statement database) throws SQLException {
        database.execute("create table \"flyway_schema_history\" (\"installed_rank\" int primary key,"
                + " \"version\" varchar(50), \"description\" varchar(200) not null, \"type\" varchar(20) not null,"
                + " \"script\" varchar(1000) not null, \"checksum\" int, \"installed_by\" varchar(100) not null,"
                + " \"installed_on\" timestamp default current_timestamp not null, \"execution_time\" int not null,"
                + " \"success\" boolean not null)");
        database.execute(
                "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\","
                        + " \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (1, '99', 'of a newer gateway', 'SQL', 'V99__newer.sql', 1, 'rtda', 1, true)");
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection(ReadModelFile.url(file), "rtda", "");
    }

    @Test
    void theGatewaySaysSoAndEndsAndLeavesTheDatabaseAlone() throws SQLException {
        Path file = folder.resolve("read-model");
        try (Connection newer = open(file);
                Statement statement = newer.createStatement()) {
            writeSchema(statement);
        }
        try (LocalStack stack = LocalStack.start();
                PackagedService gateway = PackagedService.start(
                        "gateway",
                        "older-gateway",
                        PackagedService.BackingServices.of(stack, "newer-database", folder),
                        Map.of("RTDA_DATABASE_URL", ReadModelFile.url(file)))) {
            assertThatThrownBy(gateway::awaitReady)
                    .hasMessageContaining("the database " + ReadModelFile.url(file)
                            + " has schema version 99, this gateway knows up to ")
                    .hasMessageContaining(": start a gateway of the release that wrote it");
            assertThat(gateway.isAlive()).isFalse();
        }
        try (Connection after = open(file);
                Statement statement = after.createStatement();
                ResultSet tables = statement.executeQuery(TABLES)) {
            tables.next();
            assertThat(tables.getInt(1)).as("Flyway's table alone").isEqualTo(1);
        }
    }
}
