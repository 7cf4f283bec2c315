package org.rtda.cli.terminal;

/** Undoes what a command has begun when it is interrupted (Ctrl-C, SIGTERM) before it is done. */
public final class StopOnInterrupt {
    private final Thread hook;
    private boolean released;

    private StopOnInterrupt(Runnable undo) {
        this.hook = new Thread(undo, "stop-on-interrupt");
    }

    /** @param undo runs in a thread of its own while the command's thread may still be at work */
    public static StopOnInterrupt of(Runnable undo) {
        StopOnInterrupt guard = new StopOnInterrupt(undo);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    /** From here on an interrupt undoes nothing. */
    public void release() {
        if (!released) {
            released = true;
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the interrupt came first: the undoing is under way, and the process ends after it
                return;
            }
        }
    }
}
