package org.rtda.access;

import java.util.Set;

/** A kind of thing that accounts have rights to. */
enum Resource {
    TOPIC("topic", Set.of(Operation.DESCRIBE, Operation.READ, Operation.WRITE)),
    GROUP("group", Set.of(Operation.DESCRIBE, Operation.READ)),
    TRANSACTIONS("transactions", Set.of(Operation.WRITE)),
    OBJECTS("objects", Set.of(Operation.READ, Operation.WRITE, Operation.DELETE));

    private final String label;
    private final Set<Operation> operations;

    Resource(String label, Set<Operation> operations) {
        this.label = label;
        this.operations = operations;
    }

    /** The word for it in the description. */
    String label() {
        return label;
    }

    /** What can be done with it. */
    Set<Operation> operations() {
        return operations;
    }
}
