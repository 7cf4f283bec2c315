package org.rtda.gateway.database;

import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** On H2. */
class OldRowsTest extends OldRowsContract {
    @Override
    Database empty() {
        JdbcDataSource connections = new JdbcDataSource();
        connections.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new Database(
                new DatabaseSettings(connections.getURL(), "rtda", "", 4), connections, () -> {}, DiskRoom.unbounded());
    }
}
