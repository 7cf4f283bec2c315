package org.rtda.cli.dataset;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import org.rtda.core.Seed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "phantoms",
        mixinStandardHelpOptions = true,
        description = "Generate a data set of artificial images (phantoms) in two classes, as NPZ files to"
                + " import: FILE.npz and, with other scanner settings, FILE-shift.npz.")
public final class PhantomsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--modality",
            required = true,
            paramLabel = "M",
            description = "kind of images: mammogram, chest-xray or ultrasound")
    private String modality;

    @Option(
            names = "--side",
            paramLabel = "S",
            defaultValue = "28",
            description = "width and height in pixels (default: ${DEFAULT-VALUE})")
    private int side;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of the images (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--train",
            paramLabel = "N",
            defaultValue = "400",
            description = "training images (default: ${DEFAULT-VALUE})")
    private int train;

    @Option(
            names = "--val",
            paramLabel = "N",
            defaultValue = "100",
            description = "validation images (default: ${DEFAULT-VALUE})")
    private int val;

    @Option(
            names = "--test",
            paramLabel = "N",
            defaultValue = "200",
            description = "test images (default: ${DEFAULT-VALUE})")
    private int test;

    @Option(
            names = "--shift",
            paramLabel = "N",
            defaultValue = "200",
            description = "images of the shifted test set (default: ${DEFAULT-VALUE})")
    private int shift;

    @Option(names = "--out", required = true, paramLabel = "FILE.npz", description = "file to write")
    private Path out;

    public PhantomsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PhantomFiles.Counts counts = new PhantomFiles.Counts(
                train,
                Check.inRange("--val", val, 2, 100_000),
                Check.inRange("--test", test, 2, 100_000),
                Check.inRange("--shift", shift, 2, 100_000));
        PhantomFiles files = PhantomFiles.write(PhantomFiles.modality(modality), side, counts, new Seed(seed), out);
        terminal.out()
                .println(files.main() + " and " + files.shift() + ": 0 = "
                        + files.set().classNames().get(0) + ", 1 = "
                        + files.set().classNames().get(1));
        terminal.out()
                .println("import with: rtda import NAME " + files.main() + " --shift " + PhantomFiles.SHIFT_LABEL + "="
                        + files.shift() + " --modality " + modality + " --healthy " + PhantomFiles.HEALTHY
                        + " --classes \"" + String.join(",", files.set().classNames()) + "\"");
        return 0;
    }
}
