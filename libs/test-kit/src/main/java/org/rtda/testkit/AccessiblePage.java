package org.rtda.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A page in a file that everybody must be able to read, on screens and on paper. */
public record AccessiblePage(Browser browser, Path file, String name) {
    /**
     * Opens it, leaves a picture of it, and requires that it has a title, that axe finds nothing, and that on a screen nothing is beside the
     * window. A printer fits the width to its paper.
     *
     * @param media {@code screen} or {@code print}
     * @param scheme {@code light} or {@code dark}
     * @param width of the window, in CSS pixels
     */
    public void check(String media, String scheme, int width) {
        browser.shows(media, scheme);
        browser.size(width, 900);
        browser.driver().get(file.toUri().toString());

        assertThat(browser.driver().getTitle()).isNotEmpty();
        browser.picture(name + "-" + media + "-" + scheme + "-" + width);
        assertThat(Axe.violations(browser)).isEmpty();
        if (media.equals("screen")) {
            assertThat(browser.pixelsBeside()).isZero();
        }
    }
}
