package org.rtda.cli.dataset;

import java.net.URI;
import java.nio.file.Path;
import org.rtda.cli.rest.DatasetMeaning;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.ProgressDisplay;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * A public set on this machine.
 *
 * @param name under which it is imported
 * @param file with its arrays
 * @param meaning what was said of it, else what its authors say
 */
record PublicSet(String name, Path file, DatasetMeaning meaning) {
    /**
     * Downloads it where it is not there yet.
     *
     * @param named the set's own name
     * @param said goes before what is known of the set
     * @throws CommandFailure when there is no such set, or its file cannot be had or is not the one that was published
     */
    static PublicSet of(String named, ArrayOptions options, DatasetMeaning said, Terminal terminal) {
        KnownSet set = KnownSet.named(named)
                .orElseThrow(
                        () -> new CommandFailure(
                                "there is no public set " + named + " (known are " + KnownSet.names()
                                        + "); for images of your own give their folder, table, archive or NPZ file after the name"));
        int size = options.size() == null ? KnownSet.SIZES.get(0) : options.size();
        if (!KnownSet.SIZES.contains(size)) {
            throw new InvalidFieldException("--size", size, "one of " + KnownSet.SIZES);
        }
        return new PublicSet(
                options.as() != null ? options.as() : set.label() + (options.size() == null ? "" : "-" + size),
                file(set, size, options.file(), terminal),
                new DatasetMeaning(
                        said.classes().isEmpty() ? set.classes() : said.classes(),
                        said.modality() == null ? set.modality() : said.modality(),
                        said.healthy() == null ? set.healthy() : said.healthy(),
                        said.provenance() == null ? set.provenance() : said.provenance(),
                        said.licence() == null ? KnownSet.LICENCE : said.licence()));
    }

    private static Path file(KnownSet set, int size, Path given, Terminal terminal) {
        if (given != null) {
            ImportCommand.requireThere(given);
            Download.requireMd5(given, set.md5(size));
            return given;
        }
        Path file = terminal.home().resolve("downloads").resolve(set.file(size));
        fetch(set, size, file, terminal);
        return file;
    }

    private static void fetch(KnownSet set, int size, Path file, Terminal terminal) {
        String server = terminal.environment().getOrDefault("RTDA_MEDMNIST_URL", KnownSet.ADDRESS);
        URI address;
        try {
            address = URI.create((server.endsWith("/") ? server : server + "/") + set.file(size) + "?download=1");
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("RTDA_MEDMNIST_URL must be an address, was " + server, e);
        }
        try (ProgressDisplay display = new ProgressDisplay(terminal)) {
            new Download(
                            terminal.environment(),
                            (bytes, total) -> display.show(
                                    set.file(size),
                                    "download",
                                    total > 0 ? (double) bytes / total : 0,
                                    (bytes >> 20) + " MiB"))
                    .fetch(address, file, set.md5(size));
        }
    }
}
