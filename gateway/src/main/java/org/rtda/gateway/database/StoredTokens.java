package org.rtda.gateway.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.rtda.gateway.security.AccessRole;
import org.rtda.gateway.security.ServiceToken;
import org.rtda.gateway.security.TokenStore;

/** The service tokens of all gateways of one database. No topic has them, so they are no part of the {@link ReadModel}. */
public final class StoredTokens implements TokenStore {
    private static final String SELECT =
            "select name, role, created_by, created_at, expires_at, last_used_at from service_tokens ";

    private final Database database;

    public StoredTokens(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(ServiceToken token, String hash) {
        try {
            return database.inTransaction(handle -> !isThere(handle, token.name()) && insert(handle, token, hash));
        } catch (UnstorableRecordException e) {
            // of two at once the database takes one
            if (database.read(handle -> isThere(handle, token.name()))) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isThere(Handle handle, String name) {
        return handle.createQuery("select count(*) from service_tokens where name = :name")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static boolean insert(Handle handle, ServiceToken token, String hash) {
        return handle.createUpdate("insert into service_tokens (name, hash, role, created_by, created_at, expires_at)"
                                + " values (:name, :hash, :role, :createdBy, :createdAt, :expiresAt)")
                        .bind("name", token.name())
                        .bind("hash", hash)
                        .bind("role", token.role().label())
                        .bind("createdBy", token.createdBy())
                        .bind("createdAt", stored(token.createdAt()))
                        .bind("expiresAt", stored(token.expiresAt()))
                        .execute()
                == 1;
    }

    @Override
    public Optional<ServiceToken> find(String hash) {
        return database.read(handle -> handle.createQuery(SELECT + "where hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> token(row))
                .findOne());
    }

    @Override
    public void used(String name, Instant time) {
        database.inTransaction(
                handle -> handle.createUpdate("update service_tokens set last_used_at = :time where name = :name")
                        .bind("time", stored(time))
                        .bind("name", name)
                        .execute());
    }

    @Override
    public List<ServiceToken> all() {
        return database.read(handle -> handle.createQuery(SELECT + "order by name")
                .map((row, context) -> token(row))
                .list());
    }

    @Override
    public boolean remove(String name) {
        return database.inTransaction(handle -> handle.createUpdate("delete from service_tokens where name = :name")
                        .bind("name", name)
                        .execute())
                == 1;
    }

    private static ServiceToken token(ResultSet row) throws SQLException {
        return new ServiceToken(
                row.getString("name"),
                AccessRole.of("role", row.getString("role")),
                row.getString("created_by"),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static OffsetDateTime stored(Instant time) {
        return time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
