package org.rtda.gateway.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.rtda.gateway.api.ApiPath;

/** Decides whether a request may begin. Safe for use by several threads. */
final class RequestLimits {
    /** What is under way ends in some seconds, or in minutes: nobody knows. */
    private static final Duration WHILE_OTHERS_ARE_SERVED = Duration.ofSeconds(5);

    private static final Pattern DOWNLOAD =
            Pattern.compile(Pattern.quote(ApiPath.V1) + "/experiments/[^/]+/(model|weights)");

    private static final String STREAM = ApiPath.V1 + "/metrics/stream";

    private final Places uploads;
    private final Places downloads;
    private final Places streams;
    private final Quota downloadsPerMinute;
    private final Quota commandsPerMinute;
    private final long largestUpload;

    /**
     * @param largestUpload bytes that an upload may have: so much is taken for one that does not say how long it is, and one such upload
     *     always has room
     */
    RequestLimits(LimitsConfig.Limits limits, long largestUpload, LongSupplier nanoTime) {
        this.uploads =
                new Places(limits.uploads(), limits.uploadsOfOne(), Math.max(limits.uploadSpaceBytes(), largestUpload));
        this.downloads = new Places(limits.downloads(), limits.downloadsOfOne(), Long.MAX_VALUE);
        this.streams = new Places(Integer.MAX_VALUE, limits.streamsOfOne(), Long.MAX_VALUE);
        this.downloadsPerMinute = new Quota(limits.downloadsPerMinute(), nanoTime);
        this.commandsPerMinute = new Quota(limits.commandsPerMinute(), nanoTime);
        this.largestUpload = largestUpload;
    }

    /**
     * What the limits know of a request.
     *
     * @param caller who sends it; null while sign-in is off, when everybody is one caller
     * @param changes whether its method may change something
     * @param multipart whether it brings files
     * @param bytes that its body says it has; negative where it says nothing
     */
    record Request(String caller, String path, boolean changes, boolean multipart, long bytes) {
        private String callerOrEverybody() {
            return caller == null ? "" : caller;
        }

        private boolean isUpload() {
            return changes && multipart;
        }

        private boolean isStream() {
            return !changes && path.equals(STREAM);
        }

        private boolean isDownload() {
            return !changes && DOWNLOAD.matcher(path).matches();
        }
    }

    /**
     * A request's permission, or why it has none.
     *
     * @param excess absent where it may begin
     * @param release to be run when it has ended; running it again does nothing
     */
    record Decision(Optional<Excess> excess, Runnable release) {
        private static final Decision MAY_BEGIN = new Decision(Optional.empty(), () -> {});

        private static Decision refused(String detail, Duration retryAfter) {
            return new Decision(Optional.of(new Excess(detail, retryAfter)), () -> {});
        }
    }

    Decision decide(Request request) {
        String caller = request.callerOrEverybody();
        if (request.changes() && request.caller() != null) {
            Duration wait = commandsPerMinute.take(caller);
            if (!wait.isZero()) {
                return Decision.refused(
                        caller + " may send " + commandsPerMinute.perMinute()
                                + " requests that change something in a minute (rtda.limits.commands-per-minute)",
                        wait);
            }
        }
        if (request.isUpload()) {
            // a longer one is refused by its length
            long bytes = request.bytes() < 0 ? largestUpload : Math.min(request.bytes(), largestUpload);
            return place(uploads, "uploads", "rtda.limits.uploads", caller, bytes);
        }
        if (request.isDownload()) {
            return download(caller);
        }
        if (request.isStream() && request.caller() != null) {
            return place(streams, "event streams", "rtda.limits.streams", caller, 0);
        }
        return Decision.MAY_BEGIN;
    }

    private Decision download(String caller) {
        Decision place = place(downloads, "downloads of models and weights", "rtda.limits.downloads", caller, 0);
        if (place.excess().isPresent()) {
            return place;
        }
        Duration wait = downloadsPerMinute.take(caller);
        if (wait.isZero()) {
            return place;
        }
        place.release().run();
        return Decision.refused(
                "a caller may begin " + downloadsPerMinute.perMinute()
                        + " downloads of models and weights in a minute (rtda.limits.downloads-per-minute)",
                wait);
    }

    private static Decision place(Places places, String what, String setting, String caller, long bytes) {
        return switch (places.take(caller, bytes)) {
            case TAKEN -> new Decision(Optional.empty(), once(() -> places.release(caller, bytes)));
            case CALLER_HAS_ALL ->
                Decision.refused(
                        "a caller may have " + places.ofOne() + " " + what + " at once (" + setting + "-of-one)",
                        WHILE_OTHERS_ARE_SERVED);
            case ALL_TAKEN ->
                Decision.refused(
                        "the gateway serves " + places.inAll() + " " + what + " at once (" + setting + ")",
                        WHILE_OTHERS_ARE_SERVED);
            case NO_SPACE ->
                Decision.refused(
                        "uploads may take " + places.bytes() + " bytes of disk at once, and this one of " + bytes
                                + " finds no room beside the others (rtda.limits.upload-space-bytes)",
                        WHILE_OTHERS_ARE_SERVED);
        };
    }

    /** A connection that breaks may tell of its end more than once. */
    private static Runnable once(Runnable release) {
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                release.run();
            }
        };
    }

    /** Under way now. */
    int uploadsUnderWay() {
        return uploads.takenInAll();
    }

    int downloadsUnderWay() {
        return downloads.takenInAll();
    }
}
