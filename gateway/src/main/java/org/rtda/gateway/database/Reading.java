package org.rtda.gateway.database;

import org.rtda.contracts.check.Event;
import org.rtda.gateway.view.DeadLetter;

/** The meaning of a record of the topics for the read model. */
public sealed interface Reading {
    /** Bytes of a record, and characters of a message that is written to a row: H2 takes hardly more, and no record of ours is as long. */
    int LONGEST = 1_000_000;

    /** Where the record lies: {@code TOPIC/PARTITION/OFFSET}. */
    String origin();

    /** Something happened to an experiment. */
    record Happened(String origin, Event event) implements Reading {}

    /** A service could not process a record. */
    record Letter(String origin, DeadLetter letter) implements Reading {
        /** Several services may refuse the same record: it is one letter. One that does not say where it comes from is its own. */
        String identity() {
            return letter.origin() == null ? "letter/" + origin : letter.origin();
        }
    }

    /** A record that is no part of the read model. */
    record Nothing(String origin) implements Reading {}

    /** A record that does not parse. */
    record Refused(String origin, String reason) implements Reading {}
}
