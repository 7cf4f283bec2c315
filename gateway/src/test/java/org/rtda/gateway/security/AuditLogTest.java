package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.AuditEntry;
import org.rtda.contracts.AuditEntry.Credential;
import org.rtda.contracts.AuditEntry.Outcome;
import org.rtda.contracts.EventCodec;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.testkit.CapturedLog;

class AuditLogTest {
    @RegisterExtension
    final CapturedLog logged = CapturedLog.of(AuditLog.class);

    private static final AuditEntry CANCELLED = entry("1");
    private static final AuditEntry DELETED = entry("2");

    @TempDir
    Path folder;

    private static AuditEntry entry(String id) {
        return new AuditEntry(
                id,
                Instant.EPOCH,
                1,
                "ann",
                "owner",
                Credential.TOKEN,
                "DELETE",
                "/api/v1/x",
                "10.0.0.1",
                204,
                Outcome.DONE,
                3,
                null);
    }

    private AuditFile file() {
        return new AuditFile(folder.resolve("audit.jsonl"), 1 << 20, 3);
    }

    private List<AuditEntry> written() throws IOException {
        return Files.readAllLines(folder.resolve("audit.jsonl")).stream()
                .map(line -> EventCodec.read(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), AuditEntry.class))
                .toList();
    }

    @Test
    void entriesAreInFileAndTopicInTheirOrder() throws IOException {
        List<AuditEntry> sent = new ArrayList<>();
        try (AuditLog log = new AuditLog(Optional.of(file()), sent::add, Executors::newSingleThreadExecutor)) {
            log.record(CANCELLED);
            log.record(DELETED);
        }

        assertThat(sent).containsExactly(CANCELLED, DELETED);
        assertThat(written()).containsExactly(CANCELLED, DELETED);
    }

    @Test
    void aBrokerThatIsAwayKeepsNothingFromTheFile() throws IOException {
        AuditSender away = entry -> {
            throw ProblemException.unavailable("the broker is away", null);
        };
        try (AuditLog log = new AuditLog(Optional.of(file()), away, Executors::newSingleThreadExecutor)) {
            log.record(CANCELLED);
            log.record(DELETED);
        }

        assertThat(written()).containsExactly(CANCELLED, DELETED);
    }

    /** A send that hangs blocks the next ones for seconds each. */
    @Test
    void aBrokerThatIsSilentKeepsNothingFromTheFileAndWhatItDoesNotTakeIsInTheLog() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AuditSender silent = entry -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw ProblemException.unavailable("the gateway ends", null);
            }
        };
        AuditLog log =
                new AuditLog(Optional.of(file()), silent, Executors::newSingleThreadExecutor, Duration.ofMillis(1));
        log.record(CANCELLED);
        log.record(DELETED);
        log.close();

        assertThat(written()).containsExactly(CANCELLED, DELETED);
        assertThat(logged.details())
                .anySatisfy(line -> assertThat(line).contains("the gateway ends", "\"id\":\"1\""))
                .anySatisfy(line -> assertThat(line).contains("not written before the gateway ended", "\"id\":\"2\""));
    }

    @Test
    void aFileThatCannotBeWrittenKeepsNothingFromTheTopic() throws IOException {
        Files.createDirectory(folder.resolve("audit.jsonl"));
        List<AuditEntry> sent = new ArrayList<>();
        try (AuditLog log = new AuditLog(Optional.of(file()), sent::add, Executors::newSingleThreadExecutor)) {
            log.record(CANCELLED);
        }

        assertThat(sent).containsExactly(CANCELLED);
    }

    @Test
    void aHostilePathStaysOnOneShortLine() {
        assertThat(AuditFilter.shown("/api/v1/x\r\n{\"who\":\"boss\"}\u0007\u2028"))
                .isEqualTo("/api/v1/x??{\"who\":\"boss\"}??");
        assertThat(AuditFilter.shown("/" + "a".repeat(9000))).hasSize(503).endsWith("a...");
        assertThat(AuditFilter.shown(null)).isEqualTo("/");
    }

    @Test
    void theStatusSaysWhatBecameOfARequest() {
        assertThat(List.of(200, 202, 302, 399)).allMatch(status -> AuditFilter.outcome(status) == Outcome.DONE);
        assertThat(List.of(400, 401, 403, 429, 499)).allMatch(status -> AuditFilter.outcome(status) == Outcome.REFUSED);
        assertThat(List.of(500, 503)).allMatch(status -> AuditFilter.outcome(status) == Outcome.FAILED);
    }
}
