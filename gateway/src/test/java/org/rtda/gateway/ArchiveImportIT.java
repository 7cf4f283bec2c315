package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.CapturedLog;
import org.rtda.testkit.DicomBytes;
import org.rtda.testkit.LocalStackResource;

/** Archives of images on a real gateway: what becomes of them, and that nothing of them stays. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
class ArchiveImportIT {
    private static final String PROBLEM = "application/problem+json";

    @TestHTTPResource("/")
    URL gateway;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "quarkus.http.body.uploads-directory")
    String uploads;

    @TempDir
    Path folder;

    private final CapturedLog log = CapturedLog.ofAll();

    private String name;

    @BeforeEach
    void aNameOfItsOwn() {
        name = "archive-" + UUID.randomUUID().toString().substring(0, 8);
        log.begin();
    }

    /** Uploads, and what is made of them, lie in one folder. Quarkus removes an upload after its answer has gone. */
    @AfterEach
    void nothingOfAnArchiveStays() {
        log.end();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(uploaded()).isEmpty());
    }

    private List<Path> uploaded() throws IOException {
        Path all = Path.of(uploads);
        if (Files.notExists(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.toList();
        }
    }

    private RequestSpecification form(PictureArchive archive) throws IOException {
        return form(archive.bytes());
    }

    private RequestSpecification form(byte[] archive) {
        return given().multiPart("name", name)
                .multiPart("side", "16")
                .multiPart("file", "scans.zip", archive, "application/zip");
    }

    private static ValidatableResponse sent(RequestSpecification form) {
        return form.post("/api/v1/datasets").then();
    }

    private void assertRefused(RequestSpecification form, String detail) {
        sent(form).statusCode(400).contentType(PROBLEM).body("detail", containsString(detail));
        assertNothingIsImported();
    }

    private void assertNothingIsImported() {
        assertThat(store.list(ObjectKeys.DATASETS + name)).isEmpty();
        when().get("/api/v1/datasets/" + name).then().statusCode(404);
    }

    @Test
    void dicomFilesAndATableBecomeADataSetWithoutAnyIdentity() throws IOException {
        PictureArchive archive = new PictureArchive();
        StringBuilder table = new StringBuilder("file,pathology,site\n");
        for (int i = 0; i < 40; i++) {
            // ten patients with four images each
            short[] pixels = new short[256];
            Random random = new Random(i);
            for (int p = 0; p < 256; p++) {
                pixels[p] = (short) random.nextInt(4096);
            }
            archive.file("study/scan" + i + ".dcm", DicomBytes.of("Doe^Jane", "MRN-77" + i / 4, "CC", 16, pixels));
            table.append("scan" + i + ".dcm," + (i / 4 % 2 == 0 ? "B" : "M") + ",north\n");
        }
        archive.file("study/findings.csv", table.toString().getBytes(StandardCharsets.UTF_8));

        String answer = sent(form(archive)
                        .multiPart("label-column", "pathology")
                        .multiPart("map", "B=benign")
                        .multiPart("map", "M=malignant")
                        .multiPart("window", "full")
                        .multiPart("modality", "mammogram")
                        .multiPart("healthy", "benign"))
                .statusCode(201)
                .header("Location", endsWith("/api/v1/datasets/" + name))
                .body("name", equalTo(name))
                .body("healthyClass", equalTo(0))
                .body("preparation.source", equalTo("zip"))
                .body("preparation.pixels.window", equalTo("full"))
                .body("subgroups.site.north", equalTo(40))
                .body("report.counts.train", containsString("(benign "))
                .body("report.refused.count", equalTo(0))
                .body("report.notes", hasItem(containsString("by patient (10)")))
                .body("report.notes", hasItem(containsString("a key that was drawn for this import")))
                .extract()
                .asString();

        DatasetManifest manifest =
                EventCodec.read(store.find(ObjectKeys.manifest(name)).orElseThrow(), DatasetManifest.class);
        Map<String, Set<String>> splitsOfPatients = new HashMap<>();
        EventCodec.read(store.get(manifest.images()), PreparedImages.class)
                .splits()
                .forEach((split, records) -> records.forEach(record -> splitsOfPatients
                        .computeIfAbsent(record.patient(), absent -> new HashSet<>())
                        .add(split)));
        assertThat(splitsOfPatients).hasSize(10).doesNotContainKey(null);
        assertThat(splitsOfPatients.values()).allMatch(splits -> splits.size() == 1);
        for (String identity : List.of("Doe", "MRN", "Nowhere", "19600229", "scan1")) {
            assertThat(answer).doesNotContain(identity);
            assertThat(log.details()).noneMatch(line -> line.contains(identity));
            for (String key : store.list(ObjectKeys.DATASETS + name)) {
                assertThat(new String(store.find(key).orElseThrow(), StandardCharsets.ISO_8859_1))
                        .as(key)
                        .doesNotContain(identity);
            }
        }
    }

    @Test
    void aBrokenPictureIsLeftOutAndNamedToItsOwnerAlone() throws IOException {
        PictureArchive archive = new PictureArchive().classes(10).file("ill/person7.png", new byte[] {1, 2, 3});

        sent(form(archive))
                .statusCode(201)
                .body("report.refused.count", equalTo(1))
                .body("report.refused.first[0]", startsWith("ill/person7.png: "))
                .body("preparation.findings.refusedFiles", equalTo(1));

        assertThat(log.details()).noneMatch(line -> line.contains("person7"));
        assertThat(new String(store.find(ObjectKeys.manifest(name)).orElseThrow(), StandardCharsets.UTF_8))
                .doesNotContain("person7");
    }

    @Test
    void ofABrokenPictureNothingIsImportedWhereNobodyWantsThat() throws IOException {
        PictureArchive archive = new PictureArchive().classes(10).file("ill/person7.png", new byte[] {1, 2, 3});

        sent(form(archive).multiPart("strict", "true"))
                .statusCode(400)
                .contentType(PROBLEM)
                .body(
                        "detail",
                        startsWith("nothing was imported, since the field strict takes no file that cannot be used"))
                .body("report.refused.first[0]", startsWith("ill/person7.png: "));

        assertNothingIsImported();
        assertThat(log.details()).noneMatch(line -> line.contains("person7"));
    }

    @Test
    void aDryRunSaysWhatWouldBeAndImportsNothing() throws IOException {
        sent(form(new PictureArchive().classes(10)).multiPart("dry-run", "true"))
                .statusCode(200)
                .body("counts.train", equalTo("14 (ill 7, well 7)"))
                .body("counts.val", equalTo("2 (ill 1, well 1)"))
                .body("counts.test", equalTo("4 (ill 2, well 2)"))
                .body("duplicates.exact", equalTo(0));

        assertNothingIsImported();
    }

    @Test
    void anExternalTestSetMayBeAnArchiveToo() throws IOException {
        byte[] other = new PictureArchive()
                .file("well/x.png", PictureArchive.picture(900))
                .file("ill/y.png", PictureArchive.picture(901))
                .bytes();

        sent(form(new PictureArchive().classes(10)).multiPart("shift-elsewhere", "other.zip", other))
                .statusCode(201)
                .body("splits.'shift-elsewhere'.count", equalTo(2));
    }

    @Test
    void theSameArchiveAndOptionsAreTheSamePixels() throws IOException {
        PictureArchive archive = new PictureArchive().classes(10);
        Map<String, ?> once = sent(form(archive)).statusCode(201).extract().path("splits");
        Map<String, ?> again = sent(form(archive)).statusCode(201).extract().path("splits");

        assertThat(again).isEqualTo(once);
    }

    @Test
    void aBombIsRefused() throws IOException {
        assertRefused(
                form(new PictureArchive().classes(10).file("ill/bomb.png", new byte[8 << 20])),
                "scans.zip: ill/bomb.png unpacks to 8388608 bytes from ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.png", "/etc/outside.png", "ill/../../outside.png", "C:/outside.png"})
    void anArchiveWhosePathsLeadOutOfItIsRefused(String path) throws IOException {
        assertRefused(
                form(new PictureArchive().classes(10).file(path, PictureArchive.picture(1))), "scans.zip: " + path);
    }

    @Test
    void aTableWithUnknownLabelsIsRefused() throws IOException {
        PictureArchive archive = new PictureArchive();
        StringBuilder table = new StringBuilder("file,label\n");
        for (int i = 0; i < 20; i++) {
            archive.file(i + ".png", PictureArchive.picture(i));
            table.append(i + ".png," + (i % 2 == 0 ? "ill" : i == 7 ? "wel" : "well") + "\n");
        }
        archive.file("findings.csv", table.toString().getBytes(StandardCharsets.UTF_8));

        assertRefused(
                form(archive).multiPart("classes", "ill,well"),
                "the classes are [ill, wel, well], given were [ill, well]");
        assertRefused(
                form(archive).multiPart("label-column", "finding"),
                "must have a column finding (for label), has [file, label]; the field label-column names that of the labels");
        assertRefused(form(archive).multiPart("map", "healthy=well"), "the field map names the label healthy");
    }

    @Test
    void anArchiveThatIsCutOffIsRefused() throws IOException {
        byte[] whole = new PictureArchive().classes(10).bytes();

        assertRefused(form(Arrays.copyOf(whole, whole.length - 100)), "scans.zip is not a complete ZIP archive");
    }

    @Test
    void fieldsOfOneKindOfFileAreRefusedWithTheOther() throws IOException {
        Path npz = TestImages.npz(folder.resolve("a.npz"), 0);
        sent(given().multiPart("name", name).multiPart("side", "16").multiPart("file", npz.toFile()))
                .statusCode(400)
                .body("field", equalTo("side"))
                .body("allowed", startsWith("absent: it is for ZIP archives of images"));
        sent(form(new PictureArchive().classes(10)).multiPart("scale", "true"))
                .statusCode(400)
                .body("field", equalTo("scale"));
        sent(form(new PictureArchive().classes(10)).multiPart("prepared", "p.json", new byte[] {'{', '}'}))
                .statusCode(400)
                .body("field", equalTo("prepared"));
        assertNothingIsImported();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        String begin = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n" + name
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"scans.zip\"\r\n"
                + "Content-Type: application/zip\r\n\r\n" + "x".repeat(300_000);
        try (Socket socket = new Socket("127.0.0.1", gateway.getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                                            + "Content-Length: 1000000\r\n\r\n" + begin)
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> !uploaded().isEmpty());
        }
        assertNothingIsImported();
    }

    @Test
    void theFormIsDescribed() {
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("components.schemas.DatasetUpload.properties.keySet()", hasItem("allow-shared-patients"))
                .body("components.schemas.DatasetUpload.properties.keySet()", hasItem("dry-run"))
                .body("components.schemas.keySet()", allOf(hasItem("ImportReport"), hasItem("ImportedDataset")))
                .body("components.schemas.keySet()", not(hasItem("DatasetForm")));
    }
}
