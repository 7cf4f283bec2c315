package org.rtda.gateway.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.rtda.gateway.problem.ProblemException;

/** The database's schema, in numbered files below {@code db/migration}; the database says which of them it has seen. */
final class Schema {
    private Schema() {}

    /**
     * @throws NewerSchemaException when the database has seen a file that this gateway does not have
     * @throws ProblemException 503 when the database does not answer
     */
    static void bringUpToDate(DataSource database, DatabaseSettings settings) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .resourceProvider(new MigrationFiles())
                .javaMigrationClassProvider(List::of)
                .load();
        try {
            requireKnown(flyway, settings);
            flyway.migrate();
        } catch (FlywayException e) {
            throw ProblemException.unavailable(DatabaseFailure.inWords(settings, e), e);
        }
    }

    private static void requireKnown(Flyway flyway, DatabaseSettings settings) {
        MigrationInfoService known = flyway.info();
        MigrationInfo current = known.current();
        if (current != null
                && current.getVersion() != null
                && current.getState().isFailed()) {
            throw new NewerSchemaException("the schema of the database " + settings + " was left half made at version "
                    + current.getVersion() + ": restore it, or give the gateway an empty database");
        }
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (MigrationInfo file : known.all()) {
            if (file.getState().isResolved() && file.getVersion() != null) {
                newest = file.getVersion().compareTo(newest) > 0 ? file.getVersion() : newest;
            }
        }
        if (current != null
                && current.getVersion() != null
                && current.getVersion().compareTo(newest) > 0) {
            throw new NewerSchemaException("the database " + settings + " has schema version " + current.getVersion()
                    + ", this gateway knows up to " + newest
                    + ": start a gateway of the release that wrote it, or give this one a database of its own");
        }
    }
}
