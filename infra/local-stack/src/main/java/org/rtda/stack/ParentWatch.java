package org.rtda.stack;

import java.util.concurrent.TimeUnit;

/** Ends this process when another has ended, so that a crashed test or launcher leaves no orphan. */
final class ParentWatch {
    private ParentWatch() {}

    /** @throws StackFailure when there is no such process now */
    static void start(long pid) {
        ProcessHandle parent = ProcessHandle.of(pid)
                .orElseThrow(() -> new StackFailure("there is no process " + pid + " to live with"));
        Thread watch = new Thread(() -> endWith(parent), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void endWith(ProcessHandle parent) {
        try {
            // a handle knows its process's start time, so a new process under the same number does not count;
            // onExit() would do, but it needs a thread that reaps children, and the parent is none of ours
            while (parent.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        System.exit(0);
    }
}
