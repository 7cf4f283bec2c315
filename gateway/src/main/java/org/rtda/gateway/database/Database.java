package org.rtda.gateway.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.rtda.gateway.problem.ProblemException;

/** The database of the read model, with its schema. Safe for several threads. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final Duration IDLE_BEFORE_VALIDATION = Duration.ofSeconds(5);
    private static final String SECONDS_TO_CONNECT = "5";
    /** Longer than any statement of the gateway takes; ends the wait for a machine that has vanished. */
    private static final String SECONDS_TO_ANSWER = "60";

    private static final int SECONDS_TO_VALIDATE = 2;

    private final DatabaseSettings settings;
    private final Runnable closing;
    private final DiskRoom room;
    private final Jdbi jdbi;

    Database(DatabaseSettings settings, DataSource connections, Runnable closing, DiskRoom room) {
        this.settings = settings;
        this.closing = closing;
        this.room = room;
        this.jdbi = Jdbi.create(connections);
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws ProblemException 503 when it does not answer
     * @throws NewerSchemaException when a newer gateway has written it
     */
    public static Database open(DatabaseSettings settings) {
        AgroalDataSource pool = pool(settings);
        Runnable closing = pool::close;
        try {
            if (settings.isEmbedded()) {
                Connection file = openFile(settings);
                closing = () -> {
                    pool.close();
                    close(file);
                };
            }
            return over(settings, pool, closing);
        } catch (RuntimeException e) {
            closing.run();
            throw e;
        }
    }

    /**
     * Opens an embedded database in this thread, however long it takes: after a crash a large file is searched for its last state. The
     * connection keeps the file open, so that those of the pool, which interrupts what takes it too long, only join.
     */
    private static Connection openFile(DatabaseSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        try {
            return new org.h2.Driver().connect(settings.url(), properties);
        } catch (SQLException e) {
            throw ProblemException.unavailable(DatabaseFailure.inWords(settings, e), e);
        }
    }

    private static void close(Connection file) {
        try {
            file.close();
        } catch (SQLException e) {
            LOG.debugf("the database was closed before: %s", e.getMessage());
        }
    }

    /**
     * As {@link #open}, and waits for a database that starts at the same time.
     *
     * @param patience how long it may take to answer
     */
    public static Database open(DatabaseSettings settings, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return open(settings);
            } catch (ProblemException notYet) {
                if (System.nanoTime() >= deadline) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }

    /** As {@link #open}, by connections that somebody else makes. */
    static Database over(DatabaseSettings settings, DataSource connections, Runnable closing) {
        Database database = new Database(settings, connections, closing, DiskRoom.of(settings));
        database.call(jdbi -> {
            Schema.bringUpToDate(connections, settings);
            return null;
        });
        if (settings.isEmbedded() && database.room.isLeft()) {
            database.inTransaction(handle -> {
                ReadModel.skipNumbersThatMayBeLost(handle);
                return null;
            });
        }
        return database;
    }

    private static AgroalDataSource pool(DatabaseSettings settings) {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier();
        configuration.connectionPoolConfiguration(pool -> pool.maxSize(settings.connections())
                .initialSize(0)
                .acquisitionTimeout(settings.acquisitionTimeout())
                .idleValidationTimeout(IDLE_BEFORE_VALIDATION)
                // the pool's own default finds every connection valid
                .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(SECONDS_TO_VALIDATE))
                .connectionFactoryConfiguration(factory -> {
                    factory.jdbcUrl(settings.url())
                            .connectionProviderClass(driver(settings))
                            .principal(new NamePrincipal(settings.user()))
                            .credential(new SimplePassword(settings.password()));
                    if (!settings.isEmbedded()) {
                        factory.jdbcProperty("connectTimeout", SECONDS_TO_CONNECT)
                                .jdbcProperty("socketTimeout", SECONDS_TO_ANSWER)
                                .jdbcProperty("tcpKeepAlive", "true")
                                .jdbcProperty("ApplicationName", "rtda-gateway");
                    }
                    return factory;
                }));
        if (!settings.isEmbedded()) {
            configuration.connectionPoolConfiguration().exceptionSorter(new PostgreSQLExceptionSorter());
        }
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw ProblemException.unavailable(DatabaseFailure.inWords(settings, e), e);
        }
    }

    /** Named, not looked for: the application's class loader hides drivers from the one of the platform. */
    private static Class<? extends Driver> driver(DatabaseSettings settings) {
        return settings.isEmbedded() ? org.h2.Driver.class : org.postgresql.Driver.class;
    }

    /**
     * @param reading must not keep the handle
     * @throws ProblemException 503 when the database does not answer, 400 when it does not take a value that is looked for
     */
    <T> T read(Function<Handle, T> reading) {
        return lookedFor(() -> call(jdbi -> jdbi.withHandle(reading::apply)));
    }

    private static <T> T lookedFor(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnstorableRecordException e) {
            throw ProblemException.badRequest(
                    "a value that is looked for cannot be stored, so nothing has it: " + e.getMessage(), e);
        }
    }

    /** As {@link #read}; all of it sees the same state. */
    <T> T snapshot(Function<Handle, T> reading) {
        return lookedFor(
                () -> call(jdbi -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, reading::apply)));
    }

    /**
     * As {@link #read}, all or nothing: a failure, whatever it is, takes back what was written. Everything that is written goes through
     * here.
     *
     * @throws ProblemException 503 when the database does not answer, or its disk has too little room left
     * @throws UnstorableRecordException when the database does not take a value
     */
    <T> T inTransaction(Function<Handle, T> work) {
        room.require(settings);
        return call(jdbi -> jdbi.inTransaction(work::apply));
    }

    private <T> T call(Function<Jdbi, T> work) {
        try {
            return work.apply(jdbi);
        } catch (JdbiException e) {
            if (DatabaseFailure.isOurs(e)) {
                throw e;
            }
            if (DatabaseFailure.isOfData(e)) {
                throw new UnstorableRecordException(DatabaseFailure.refusal(e), e);
            }
            throw ProblemException.unavailable(DatabaseFailure.inWords(settings, e), e);
        }
    }

    /** @throws ProblemException 503, with the reason, when the database does not answer */
    public void requireAnswer() {
        read(handle -> handle.createQuery("select last_change from read_model")
                .mapTo(Long.class)
                .one());
    }

    boolean isEmbedded() {
        return settings.isEmbedded();
    }

    @Override
    public void close() {
        closing.run();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
