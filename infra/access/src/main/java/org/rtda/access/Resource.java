package org.rtda.access;

import java.util.Set;

/** A kind of thing that accounts have rights to. */
enum Resource {
    TOPIC("topic", Set.of(Privilege.DESCRIBE, Privilege.READ, Privilege.WRITE)),
    GROUP("group", Set.of(Privilege.DESCRIBE, Privilege.READ)),
    TRANSACTIONS("transactions", Set.of(Privilege.WRITE)),
    OBJECTS("objects", Set.of(Privilege.READ, Privilege.WRITE, Privilege.DELETE));

    private final String label;
    private final Set<Privilege> operations;

    Resource(String label, Set<Privilege> operations) {
        this.label = label;
        this.operations = operations;
    }

    /** The word for it in the description. */
    String label() {
        return label;
    }

    /** What can be done with it. */
    Set<Privilege> operations() {
        return operations;
    }
}
