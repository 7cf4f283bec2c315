package org.rtda.gateway;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** A ZIP archive of pictures, file by file. */
public final class PictureArchive {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    public PictureArchive file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** So many different pictures of 16 x 16 in each of the folders ill and well. */
    public PictureArchive classes(int ofEach) throws IOException {
        for (int i = 0; i < ofEach; i++) {
            file("ill/" + i + ".png", picture(i));
            file("well/" + i + ".png", picture(500 + i));
        }
        return this;
    }

    /** Grey noise of 16 x 16, another for each seed: no two look alike. */
    public static byte[] picture(int seed) throws IOException {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = new byte[256];
        new Random(seed).nextBytes(pixels);
        picture.getRaster().setDataElements(0, 0, 16, 16, pixels);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return png.toByteArray();
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
