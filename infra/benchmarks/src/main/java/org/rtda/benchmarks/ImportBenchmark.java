package org.rtda.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.rtda.core.ByteImage;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;

/**
 * {@code rtda import} as a process of its own with a heap of 1 GiB, as {@code ./rtda} starts it: everything but the upload
 * ({@code --dry-run}), from PNG files and from an NPZ file; and what the gateway does with such a file, into a store in memory.
 */
final class ImportBenchmark implements Benchmark {
    private static final int CLASSES = 2;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        int factor = setting.quick() ? 10 : 1;
        try {
            if (setting.wants("28")) {
                files(setting, 28, 100_000 / factor, "at most 60 s", figures);
            }
            if (setting.wants("224")) {
                files(setting, 224, 5_000 / factor, "at most 120 s", figures);
            }
            if (setting.wants("npz")) {
                arrays(setting, 100_000 / factor, figures);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return figures;
    }

    private void files(Setting setting, int side, int count, String target, List<BenchmarkFigure> figures)
            throws IOException, InterruptedException {
        setting.tell("writes " + count + " PNG files of " + side + " pixels");
        Path images = setting.folder().resolve("png-" + side);
        for (int label = 0; label < CLASSES; label++) {
            Files.createDirectories(images.resolve("class" + label));
        }
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setDataElements(0, 0, side, side, pixels(side, i));
            ImageIO.write(
                    picture,
                    "png",
                    images.resolve("class" + i % CLASSES + "/" + i + ".png").toFile());
        }
        Run run = run(setting, images, "--side", Integer.toString(side));
        figures.add(BenchmarkFigure.alone(
                count + " PNG files of " + side + " pixels", "s", run.seconds(), 1, target, null));
        figures.add(BenchmarkFigure.alone("the same, largest resident size", "MiB", run.mebibytes(), 1, null, HEAP));
    }

    private static final String HEAP = "the heap is bounded to 1024 MiB; beside it a JVM has its own memory";

    private void arrays(Setting setting, int count, List<BenchmarkFigure> figures)
            throws IOException, InterruptedException {
        setting.tell("writes " + count + " images of 28 pixels as NPZ");
        Path npz = setting.folder().resolve("images.npz");
        NpzWriter.write(
                npz,
                Map.of(
                        "train", images(0, count * 7 / 10),
                        "val", images(count * 7 / 10, count * 8 / 10),
                        "test", images(count * 8 / 10, count)));
        Run run = run(setting, npz);
        figures.add(BenchmarkFigure.alone(
                count + " images of 28 pixels in an NPZ file", "s", run.seconds(), 1, "at most 60 s", null));
        long start = System.nanoTime();
        new DatasetImporter(new InMemoryArtifactStore())
                .importFrom("images", NpzDataset.of(npz), DatasetDescription.of("made for this", "none needed"));
        double seconds = (System.nanoTime() - start) / 1e9;
        figures.add(BenchmarkFigure.alone("the gateway's part of it, store in memory", "s", seconds, 1, null, null));
    }

    private static LabelledImages images(int from, int to) {
        List<ByteImage> images = new ArrayList<>();
        int[] labels = new int[to - from];
        for (int i = from; i < to; i++) {
            images.add(new ByteImage(1, 28, 28, pixels(28, i)));
            labels[i - from] = i % CLASSES;
        }
        return new LabelledImages(images, labels);
    }

    /** Soft blobs with noise: neither copies of each other nor what no scanner makes. */
    private static byte[] pixels(int side, int seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[side * side];
        double[] waves = random.doubles(12, 0, 2 * Math.PI).toArray();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double value = 128 + random.nextInt(8);
                for (int k = 0; k < 6; k++) {
                    value += 18
                            * Math.sin(waves[k]
                                    + (k + 1) * (x * Math.cos(waves[k + 6]) + y * Math.sin(waves[k + 6])) * 4 / side);
                }
                pixels[y * side + x] = (byte) Math.max(0, Math.min(255, value));
            }
        }
        return pixels;
    }

    private record Run(double seconds, double mebibytes) {}

    private static Run run(Setting setting, Path data, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(setting.root().resolve("rtda").toString(), "import", "images", data.toString(), "--dry-run"));
        command.addAll(List.of(options));
        setting.tell(String.join(" ", command));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(setting.folder().resolve("import.log").toFile());
        builder.environment().put("RTDA_NO_BUILD", "1");
        builder.environment().put("RTDA_HOME", setting.folder().resolve("home").toString());
        long start = System.nanoTime();
        Process process = builder.start();
        long resident = 0;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, residentKibibytes(process.pid()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "the import failed; " + setting.folder().resolve("import.log") + " says why");
        }
        return new Run(seconds, resident / 1024.0);
    }

    private static long residentKibibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // it has just ended
            return 0;
        }
    }
}
