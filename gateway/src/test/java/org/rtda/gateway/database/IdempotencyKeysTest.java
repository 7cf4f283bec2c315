package org.rtda.gateway.database;

import java.util.function.UnaryOperator;

class IdempotencyKeysTest extends IdempotencyKeysContract {
    private final Database database = TestReadModel.inMemory(UnaryOperator.identity());

    @Override
    Database database() {
        return database;
    }
}
