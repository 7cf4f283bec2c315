package org.rtda.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a screen reader or a pair of eyes cannot use on the page that a browser shows, as axe-core finds it. A module whose tests use it
 * depends on com.deque.html.axe-core:selenium, which has the script.
 */
public final class Axe {
    private static final String RUN = "const done = arguments[arguments.length - 1];"
            + "axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node =>"
            + " node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')}`)), e => done([String(e)]))";

    private Axe() {}

    /** One sentence for each rule that is broken, of any impact, with the first places. */
    @SuppressWarnings("unchecked")
    public static List<String> violations(Browser browser) {
        browser.driver().executeScript(script() + "; return null");
        return (List<String>) browser.driver().executeAsyncScript(RUN);
    }

    private static String script() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
