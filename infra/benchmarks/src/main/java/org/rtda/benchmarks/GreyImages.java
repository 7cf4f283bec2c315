package org.rtda.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;

/** Generates square grey images with slopes, an edge and noise, the same for both sides of a comparison. */
record GreyImages(int side, List<ByteImage> images) {

    static GreyImages of(int side, int count) {
        List<ByteImage> images = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            UniformRandomProvider random = new Seed(7).forIndex(n).generator();
            double across = 0.5 + random.nextDouble();
            double radius = side * (0.1 + 0.3 * random.nextDouble());
            byte[] pixels = new byte[side * side];
            for (int i = 0; i < pixels.length; i++) {
                double x = i % side;
                double y = i / side;
                boolean inside = Math.hypot(x - side / 2.0, y - side / 2.0) < radius;
                double slope = 60 + 80 * across * x / side + 40 * y / side;
                pixels[i] = (byte) Math.min(255, slope + (inside ? 50 : 0) + random.nextInt(12));
            }
            images.add(new ByteImage(1, side, side, pixels));
        }
        return new GreyImages(side, images);
    }

    List<Seed> seeds() {
        return IntStream.range(0, images.size())
                .mapToObj(n -> new Seed(3).forIndex(n))
                .toList();
    }

    /** N x H x W bytes in a file, for a rival. */
    Path write(Path folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        images.forEach(image -> bytes.writeBytes(image.data()));
        try {
            return Files.write(folder.resolve("images-" + side + "-" + images.size() + ".raw"), bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
