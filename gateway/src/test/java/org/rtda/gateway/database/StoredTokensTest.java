package org.rtda.gateway.database;

import java.util.function.UnaryOperator;

class StoredTokensTest extends StoredTokensContract {
    private final Database database = TestReadModel.inMemory(UnaryOperator.identity());

    @Override
    Database database() {
        return database;
    }
}
