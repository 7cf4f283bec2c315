package org.rtda.trainer.broken;

/** Breaks an architecture rule on purpose: a service that knows MinIO. */
public record UsesMinio(io.minio.MinioClient client) {}
