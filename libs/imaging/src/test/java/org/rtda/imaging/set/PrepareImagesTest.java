package org.rtda.imaging.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.prepare.Fit;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.source.FileTree;
import org.rtda.imaging.source.ImageAttributes;
import org.rtda.imaging.source.ImageEntry;

class PrepareImagesTest {
    @TempDir
    Path folder;

    /** The first file is read until the reader of the second has failed and waits for other work. */
    private static final class FailingTree implements FileTree {
        private final AtomicInteger reads = new AtomicInteger();
        private final CountDownLatch failing = new CountDownLatch(1);
        private volatile Thread failed;

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public List<String> paths() {
            return List.of();
        }

        @Override
        public byte[] read(String path, long limit) throws IOException {
            reads.incrementAndGet();
            if (path.equals("1")) {
                failed = Thread.currentThread();
                failing.countDown();
                throw new IllegalStateException("no memory is left");
            }
            try {
                failing.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            while (failed.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            throw new IOException("is no image");
        }

        @Override
        public void close() {}
    }

    @Test
    @Timeout(60)
    void afterAFatalFailureNoFurtherFileIsRead() throws IOException {
        FailingTree files = new FailingTree();
        List<ImageEntry> entries = IntStream.range(0, 100)
                .mapToObj(i -> new ImageEntry(String.valueOf(i), "a", null, null, ImageAttributes.NONE))
                .toList();
        ImagePreparation preparation = new ImagePreparation(8, 1, Fit.PAD);

        try (PixelSpool spool = PixelSpool.create(folder.resolve("pixels"), preparation.bytes())) {
            PrepareImages reader = new PrepareImages(preparation, ReadOptions.defaults(), 2);
            assertThatThrownBy(() -> reader.prepare(files, entries, spool, 0, (done, of) -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no memory is left");
        }

        // the second reader may have begun by then, or not
        assertThat(files.reads).hasValueBetween(1, 2);
    }
}
