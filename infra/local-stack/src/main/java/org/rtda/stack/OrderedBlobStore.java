package org.rtda.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.MultipartPart;
import org.jclouds.blobstore.domain.MultipartUpload;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.CopyOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.io.Payload;

/**
 * A blob store in which writes run in parallel, while deletions and listings run alone. The store over files needs
 * that: removing an object removes the folders it leaves empty, also under a write that has just made them, and a
 * listing fails on a file that is not whole yet. A file that is not whole while nobody writes belongs to an upload that was cut off, and
 * the listing that meets it removes it.
 */
final class OrderedBlobStore extends ForwardingBlobStore {
    private final ReadWriteLock files = new ReentrantReadWriteLock(true);

    private final Path folder;

    /** @param folder of the store's files, one folder a bucket in it */
    OrderedBlobStore(BlobStore store, Path folder) {
        super(store);
        this.folder = folder;
    }

    @Override
    public String putBlob(String container, Blob blob) {
        return shared(() -> super.putBlob(container, blob));
    }

    @Override
    public String putBlob(String container, Blob blob, PutOptions options) {
        return shared(() -> super.putBlob(container, blob, options));
    }

    @Override
    public String copyBlob(
            String fromContainer, String fromName, String toContainer, String toName, CopyOptions options) {
        return shared(() -> super.copyBlob(fromContainer, fromName, toContainer, toName, options));
    }

    @Override
    public MultipartPart uploadMultipartPart(MultipartUpload upload, int partNumber, Payload payload) {
        return shared(() -> super.uploadMultipartPart(upload, partNumber, payload));
    }

    @Override
    public String completeMultipartUpload(MultipartUpload upload, List<MultipartPart> parts) {
        return alone(() -> super.completeMultipartUpload(upload, parts));
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        alone(() -> {
            super.abortMultipartUpload(upload);
            return null;
        });
    }

    @Override
    public void removeBlob(String container, String name) {
        alone(() -> {
            super.removeBlob(container, name);
            return null;
        });
    }

    @Override
    public void removeBlobs(String container, Iterable<String> names) {
        alone(() -> {
            super.removeBlobs(container, names);
            return null;
        });
    }

    @Override
    public PageSet<? extends StorageMetadata> list(String container) {
        return listed(container, () -> super.list(container));
    }

    @Override
    public PageSet<? extends StorageMetadata> list(String container, ListContainerOptions options) {
        return listed(container, () -> super.list(container, options));
    }

    private <T> T listed(String container, Supplier<T> listing) {
        return alone(() -> {
            try {
                return listing.get();
            } catch (RuntimeException e) {
                if (!UnfinishedUploads.removeFrom(folder.resolve(container))) {
                    throw e;
                }
                return listing.get();
            }
        });
    }

    private <T> T shared(Supplier<T> operation) {
        files.readLock().lock();
        try {
            return operation.get();
        } finally {
            files.readLock().unlock();
        }
    }

    private <T> T alone(Supplier<T> operation) {
        files.writeLock().lock();
        try {
            return operation.get();
        } finally {
            files.writeLock().unlock();
        }
    }
}
