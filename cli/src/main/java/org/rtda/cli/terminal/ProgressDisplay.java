package org.rtda.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows the progress of several things: on a terminal as one line that is overwritten, else as one line for every
 * tenth. Not safe for use by several threads.
 */
public final class ProgressDisplay implements AutoCloseable {
    private static final int BAR = 20;

    private final Terminal terminal;
    private final Map<String, String> current = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();
    private boolean isLineOpen;

    public ProgressDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * @param name of what goes on
     * @param phase for example {@code training}
     * @param share of the phase, 0 to 1
     * @param figures in words
     */
    public void show(String name, String phase, double share, String figures) {
        double known = Math.max(0, Math.min(1, share));
        show(
                name,
                phase + " " + bar(known) + String.format(Locale.ROOT, " %3.0f%%", 100 * known)
                        + (figures.isEmpty() ? "" : "  " + figures),
                phase + (int) (10 * known));
    }

    /** Of what has no share; where nobody watches, a line whenever the words change. */
    public void show(String name, String words) {
        show(name, words, words);
    }

    /** @param news what must change before another line is told where nobody watches */
    private void show(String name, String words, String news) {
        String text = name + ": " + words;
        if (terminal.interactive()) {
            current.put(name, text);
            overwrite();
        } else if (!news.equals(told.put(name, news))) {
            terminal.tell(text);
        }
    }

    /** A line that stays. */
    public void tell(String name, String line) {
        current.remove(name);
        if (isLineOpen) {
            terminal.err().print("\r\033[K");
            isLineOpen = false;
        }
        terminal.tell(line);
    }

    @Override
    public void close() {
        if (isLineOpen) {
            terminal.err().println();
            isLineOpen = false;
        }
    }

    private void overwrite() {
        // the first one: two bars would not fit in a terminal's width
        terminal.err().print("\r\033[K" + current.values().iterator().next());
        terminal.err().flush();
        isLineOpen = true;
    }

    private static String bar(double share) {
        int full = (int) Math.round(BAR * share);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }
}
