package org.rtda.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.gateway.PictureArchive;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.npz.NpzSource;

class ArchiveImportsTest {
    private static final Map<String, List<String>> SMALL = Map.of("side", List.of("16"));

    @TempDir
    Path folder;

    private static ArchiveImports imports(ImportKeys keys) {
        return new ArchiveImports(limits(1 << 20, Duration.ofMinutes(1)), keys, "rtda test");
    }

    private static ArchiveLimits limits(long archiveBytes, Duration time) {
        return new ArchiveLimits(archiveBytes, 1 << 20, time, 512L << 20);
    }

    private ArchiveUpload upload(PictureArchive archive) throws IOException {
        Path file = archive.write(Files.createTempFile(folder, "upload", ""));
        return ArchiveUpload.of(new NpzSource(file, "scans.zip"), Map.of(), Files.size(file));
    }

    private Set<String> fileHashes(ArchiveImports imports, PictureArchive archive) throws IOException {
        return imports.prepared(
                upload(archive),
                imports.form(SMALL, List.of()),
                null,
                (prepared, report) -> prepared.prepared().splits().values().stream()
                        .flatMap(List::stream)
                        .map(ImageRecord::file)
                        .collect(Collectors.toCollection(HashSet::new)));
    }

    @Test
    void withoutAKeyOfItsOwnEachImportHasAnotherAndTheReportSaysSo() throws IOException {
        ArchiveImports drawn = imports(ImportKeys.of(Optional.empty()));
        Set<String> first = fileHashes(drawn, new PictureArchive().classes(10));

        assertThat(first).hasSize(20).doesNotContainAnyElementsOf(fileHashes(drawn, new PictureArchive().classes(10)));
        List<String> notes = drawn.prepared(
                upload(new PictureArchive().classes(10)),
                drawn.form(SMALL, List.of()),
                null,
                (prepared, report) -> report.notes());
        assertThat(notes).anyMatch(note -> note.contains("in another import the same patient has another hash"));
    }

    @Test
    void withAKeyOfItsOwnImportsAreComparable() throws IOException {
        ArchiveImports kept = imports(ImportKeys.of(Optional.of(folder.resolve("key"))));

        assertThat(fileHashes(kept, new PictureArchive().classes(10)))
                .isEqualTo(fileHashes(kept, new PictureArchive().classes(10)));
        assertThat(folder.resolve("key")).hasSize(32);
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Path key = Files.write(folder.resolve("key"), new byte[32]);
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> ImportKeys.of(Optional.of(key)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RTDA_PATIENT_KEY")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void whileOneArchiveIsPreparedAnotherIsAskedToComeLater() throws IOException {
        ArchiveImports imports = imports(ImportKeys.of(Optional.empty()));
        ArchiveForm form = imports.form(SMALL, List.of());
        ArchiveUpload second = upload(new PictureArchive().classes(10));

        ProblemException refused = imports.prepared(
                upload(new PictureArchive().classes(10)),
                form,
                null,
                (prepared, report) -> catchThrowableOfType(
                        ProblemException.class, () -> imports.prepared(second, form, null, (p, r) -> null)));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        // and it can come later
        assertThat(imports.<Integer>prepared(
                        second, form, null, (p, r) -> p.classes().size()))
                .isEqualTo(2);
    }

    @Test
    void theTurnEndsWithARefusalAndTheFolderIsGoneWhateverHappens() throws IOException {
        ArchiveImports imports = imports(ImportKeys.of(Optional.empty()));
        ArchiveForm form = imports.form(SMALL, List.of());
        assertThatThrownBy(() -> imports.prepared(upload(new PictureArchive().classes(1)), form, null, (p, r) -> null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no image is left for val");

        Path[] made = new Path[1];
        assertThatThrownBy(() -> imports.prepared(upload(new PictureArchive().classes(10)), form, null, (p, r) -> {
                    made[0] = p.npz();
                    assertThat(made[0]).exists();
                    throw new IllegalStateException("the store is gone");
                }))
                .hasMessage("the store is gone");
        assertThat(made[0].getParent()).doesNotExist();
    }

    @Test
    void aRefusalSaysWhatWasFoundUntilThen() throws IOException {
        ArchiveImports imports = imports(ImportKeys.of(Optional.empty()));
        PictureArchive archive = new PictureArchive().classes(10).file("ill/x.png", new byte[] {1});
        ArchiveForm strict = imports.form(Map.of("side", List.of("16"), "strict", List.of("true")), List.of());

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> imports.prepared(upload(archive), strict, null, (p, r) -> null));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.getMessage())
                .startsWith(
                        "nothing was imported, since the field strict takes no file that cannot be used: ill/x.png: ");
        assertThat(refused.problem().report().refused().count()).isEqualTo(1);
        assertThat(refused.problem().report().refused().first().get(0)).startsWith("ill/x.png: ");
    }

    @Test
    void whatIsTooLargeOrTooSlowOrHasTooManyPixelsIsRefused() throws IOException {
        ArchiveImports tiny =
                new ArchiveImports(limits(1000, Duration.ofMinutes(1)), ImportKeys.of(Optional.empty()), "rtda test");
        ProblemException large = catchThrowableOfType(
                ProblemException.class,
                () -> tiny.prepared(
                        upload(new PictureArchive().classes(10)), tiny.form(SMALL, List.of()), null, (p, r) -> null));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.getMessage())
                .startsWith("archives of images may have at most 1000 bytes together, these have ");

        // each look at the clock is a second later; it is looked at when reading begins and after each file
        AtomicLong seconds = new AtomicLong();
        ArchiveImports slow = new ArchiveImports(
                limits(1 << 20, Duration.ofSeconds(3)),
                ImportKeys.of(Optional.empty()),
                "rtda test",
                () -> seconds.incrementAndGet() * 1_000_000_000L);
        assertThatThrownBy(() -> slow.prepared(
                        upload(new PictureArchive().classes(10)), slow.form(SMALL, List.of()), null, (p, r) -> null))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(
                        "reading took longer than 3 s: 4 of 20 files were read; import them with rtda import");

        // 20 images of 3 x 256 x 256 are 3.75 MiB, and one is allowed
        ArchiveImports imports = imports(ImportKeys.of(Optional.empty()));
        ArchiveForm wide = imports.form(Map.of("side", List.of("256"), "channels", List.of("3")), List.of());
        assertThatThrownBy(() -> imports.prepared(upload(new PictureArchive().classes(10)), wide, null, (p, r) -> null))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "20 images of 3 x 256 x 256 are 3932160 bytes, at most 1048576 are taken; make them smaller (the"
                                + " field side), or import them in parts");
    }

    @Test
    void theHealthyClassIsOneOfTheClasses() throws IOException {
        ArchiveImports imports = imports(ImportKeys.of(Optional.empty()));
        ArchiveForm form = imports.form(SMALL, List.of());

        assertThatThrownBy(
                        () -> imports.prepared(upload(new PictureArchive().classes(10)), form, "fine", (p, r) -> null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("healthy must be one of [ill, well] or a label, was fine");
        List<String> classes =
                imports.prepared(upload(new PictureArchive().classes(10)), form, "1", (p, r) -> p.classes());
        assertThat(classes).containsExactly("ill", "well");
    }

    @Test
    void fieldsAreRefusedByTheirNames() {
        ArchiveImports imports = imports(ImportKeys.of(Optional.empty()));
        Map.of(
                        "side", "x",
                        "seed", "one",
                        "split", "70;10;20",
                        "map", "ill",
                        "strict", "yes")
                .forEach((field, value) -> assertThatThrownBy(
                                () -> imports.form(Map.of(field, List.of(value)), List.of()))
                        .isInstanceOf(InvalidFieldException.class)
                        .hasMessageStartingWith(field + " must be "));
        assertThatThrownBy(() -> imports.form(Map.of("fit", List.of("pad", "crop")), List.of()))
                .hasMessage("fit must be given once, was [pad, crop]");
    }
}
