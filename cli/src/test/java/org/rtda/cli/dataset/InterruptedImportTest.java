package org.rtda.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedImportTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void beforeTheDataSetIsSentNothingIsImported() {
        try (ImportInterrupt interrupt = ImportInterrupt.of(told::add)) {
            assertThat(interrupt.happened()).isFalse();
            interrupt.interrupted();
            assertThat(interrupt.happened()).isTrue();
        }
        assertThat(told).containsExactly("interrupted: nothing was imported");
    }

    /** A process of its own, since the interrupt ends it. */
    @Test
    void anInterruptWhileTheDataSetIsSentIsOneSentenceAndLeavesNoFiles() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gateway.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        gateway.start();
        try {
            Path temporary = Files.createDirectory(folder.resolve("temporary"));
            Path err = folder.resolve("err.txt");
            Process rtda = command(temporary, gateway.getAddress().getPort())
                    .redirectError(err.toFile())
                    .redirectOutput(folder.resolve("out.txt").toFile())
                    .start();
            try {
                assertThat(received.await(2, TimeUnit.MINUTES))
                        .as(Files.readString(err))
                        .isTrue();
                rtda.destroy();
                assertThat(rtda.waitFor(2, TimeUnit.MINUTES)).isTrue();
            } finally {
                rtda.destroyForcibly();
            }

            assertThat(Files.readAllLines(err, StandardCharsets.UTF_8))
                    .endsWith(
                            "interrupted while data set set was sent: rtda dataset show set says whether it was imported; it is"
                                    + " never imported in part")
                    .noneMatch(line -> line.contains("Exception") || line.contains("rtda: "));
            assertThat(folder.resolve("out.txt")).isEmptyFile();
            try (var left = Files.list(temporary)) {
                assertThat(left.filter(file -> file.getFileName().toString().startsWith("rtda-import")))
                        .isEmpty();
            }
        } finally {
            over.countDown();
            gateway.stop(0);
        }
    }

    private ProcessBuilder command(Path temporary, int port) throws IOException {
        Path images = folder.resolve("images");
        for (String label : List.of("a", "b")) {
            for (int i = 0; i < 12; i++) {
                picture(images.resolve(label).resolve(i + ".png"), 1000 * i + label.charAt(0));
            }
        }
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + temporary,
                "org.rtda.cli.Rtda",
                "import",
                "set",
                images.toString(),
                "--side",
                "16",
                "--gateway",
                "http://127.0.0.1:" + port);
        command.environment().put("RTDA_HOME", folder.resolve("home").toString());
        return command;
    }

    private static void picture(Path file, int seed) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = new byte[256];
        new Random(seed).nextBytes(pixels);
        image.getRaster().setDataElements(0, 0, 16, 16, pixels);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }
}
