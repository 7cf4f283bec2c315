package org.rtda.cli.dataset;

import java.util.function.Consumer;
import org.rtda.cli.terminal.StopOnInterrupt;

/**
 * Says one sentence when an import is interrupted (Ctrl-C, SIGTERM): how far it had come. The command's own thread may fail meanwhile,
 * because its temporary files are gone; that is no news then.
 */
final class ImportInterrupt implements AutoCloseable {
    private final Consumer<String> tell;
    private final StopOnInterrupt hook;
    private String sentence = "interrupted: nothing was imported";
    private boolean happened;

    private ImportInterrupt(Consumer<String> tell) {
        this.tell = tell;
        this.hook = StopOnInterrupt.of(this::interrupted);
    }

    /** Of an import that begins. */
    static ImportInterrupt of(Consumer<String> tell) {
        return new ImportInterrupt(tell);
    }

    /** From here on the gateway may have it: it imports all that it has received, or nothing. */
    synchronized void sending(String dataset) {
        sentence = "interrupted while data set " + dataset + " was sent: rtda dataset show " + dataset
                + " says whether it was imported; it is never imported in part";
    }

    synchronized void interrupted() {
        happened = true;
        tell.accept(sentence);
    }

    synchronized boolean happened() {
        return happened;
    }

    /** The import has ended. */
    @Override
    public void close() {
        hook.release();
    }
}
