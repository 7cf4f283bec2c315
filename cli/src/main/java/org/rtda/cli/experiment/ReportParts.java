package org.rtda.cli.experiment;

import picocli.CommandLine.Option;

/** The options that leave parts out of a report. */
final class ReportParts {
    @Option(names = "--no-appendix", description = "leave out the configuration and the table of every figure")
    private boolean withoutAppendix;

    @Option(names = "--no-gallery", description = "leave out the images, which show patients")
    private boolean withoutGallery;

    boolean appendix() {
        return !withoutAppendix;
    }

    boolean gallery() {
        return !withoutGallery;
    }
}
