package org.rtda.core.broken;

/** Breaks an architecture rule on purpose: a library that prints. */
public final class PrintsToTheTerminal {
    public void print() {
        System.out.println("printed");
    }
}
