package org.rtda.imaging.set;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.file.ImageFiles;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.source.FileTree;
import org.rtda.imaging.source.ImageEntry;
import org.rtda.imaging.source.RefusedFile;

/** Reads image files and writes their prepared pixels to a spool, as many at a time as there are threads. */
public final class PrepareImages {
    private final ImagePreparation preparation;
    private final ReadOptions options;
    private final int threads;

    /** @param threads each has one file and one decoded image in memory */
    public PrepareImages(ImagePreparation preparation, ReadOptions options, int threads) {
        this.preparation = preparation;
        this.options = options;
        this.threads = threads;
    }

    /** Hears how far it is; called by one thread at a time. */
    @FunctionalInterface
    public interface Progress {
        void done(int files, int ofFiles);
    }

    /**
     * @param images in the order of the entries
     * @param refused files that are no images, in the same order
     */
    public record Result(List<PreparedImage> images, List<RefusedFile> refused) {}

    /**
     * @param spool for images of this preparation
     * @param firstPlace of the first entry in the spool; the others follow, and a refused one leaves its place empty
     */
    public Result prepare(
            FileTree files, List<ImageEntry> entries, PixelSpool spool, int firstPlace, Progress progress) {
        Object[] results = new Object[entries.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < threads; worker++) {
                running.add(workers.submit(() -> {
                    boolean well = false;
                    try {
                        for (int i = next.getAndIncrement();
                                i < results.length && !stop.get();
                                i = next.getAndIncrement()) {
                            results[i] = prepared(files, entries.get(i), spool, firstPlace + i);
                            synchronized (progress) {
                                progress.done(done.incrementAndGet(), results.length);
                            }
                        }
                        well = true;
                    } finally {
                        if (!well) {
                            // nothing will come of it: the others need not read on until it is their turn to be asked
                            stop.set(true);
                        }
                    }
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while images were read", e);
        } finally {
            stop.set(true);
            workers.shutdown();
        }
        List<PreparedImage> images = new ArrayList<>();
        List<RefusedFile> refused = new ArrayList<>();
        for (Object result : results) {
            if (result instanceof PreparedImage image) {
                images.add(image);
            } else {
                refused.add((RefusedFile) result);
            }
        }
        return new Result(List.copyOf(images), List.copyOf(refused));
    }

    /** A {@link PreparedImage} or a {@link RefusedFile}. */
    private Object prepared(FileTree files, ImageEntry entry, PixelSpool spool, int place) {
        try {
            byte[] content = files.read(entry.path(), options.limits().bytes());
            DecodedImage decoded = ImageFiles.read(content, options);
            spool.write(place, preparation.prepare(decoded.image()));
            return new PreparedImage(entry, decoded.facts(), decoded.image().bits(), sha256(content), place);
        } catch (UnreadableImageException | IOException e) {
            return new RefusedFile(entry.path(), e.getMessage());
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
