package org.rtda.trainer.broken;

import io.minio.MinioClient;

/** Breaks an architecture rule on purpose: a service that knows MinIO. */
public record UsesMinio(MinioClient client) {}
