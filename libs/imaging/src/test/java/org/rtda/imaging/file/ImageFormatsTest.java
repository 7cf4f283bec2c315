package org.rtda.imaging.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages, Javadoc and help texts list the formats that {@link ImageFiles} reads, all of them, in its order. */
class ImageFormatsTest {
    private static final Path PROJECT = Path.of("../..");
    private static final String NAME =
            ImageFiles.formats().stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));

    /** Three names or more that follow each other; fewer are an example, not a list of what is read. */
    private static final Pattern LIST = Pattern.compile("\\b" + NAME + "(?:(?:,|,? and|,? or)\\s+" + NAME + "){2,}\\b");

    /** Where people look for the list: there it must be. */
    private static final List<String> PAGES = List.of(
            "README.md",
            "CHANGELOG.md",
            "docs/security.md",
            "docs/importing.md",
            "libs/imaging/README.md",
            "libs/imaging/src/main/java/org/rtda/imaging/file/ImageFiles.java");

    @Test
    void theFormatsArePicturesAndDicom() {
        assertThat(ImageFiles.formats()).containsExactly("PNG", "JPEG", "BMP", "TIFF", "PGM", "PPM", "DICOM");
        assertThat(ImageFiles.pictureFormats()).containsExactly("PNG", "JPEG", "BMP", "TIFF", "PGM", "PPM");
    }

    @Test
    void everyListOfFormatsIsOfAllPicturesOrOfAllFormats() throws IOException {
        Map<String, List<List<String>>> lists = lists();

        assertThat(lists).containsKeys(PAGES.toArray(String[]::new));
        lists.forEach((file, ofFile) -> assertThat(ofFile)
                .as("lists of formats in %s", file)
                .allSatisfy(list -> assertThat(list).isIn(ImageFiles.formats(), ImageFiles.pictureFormats())));
    }

    @Test
    void theTableOfFormatsHasALineForEach() throws IOException {
        List<String> named = Files.readAllLines(PROJECT.resolve("docs/imaging.md")).stream()
                .dropWhile(line -> !line.equals("## Formats"))
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> Stream.of(line.split("\\|")[1].strip().split(", ")))
                .toList();

        assertThat(named).isEqualTo(ImageFiles.formats());
    }

    /** By file: the formats that each of its lists names. */
    private static Map<String, List<List<String>>> lists() throws IOException {
        List<Path> files = new ArrayList<>(List.of(PROJECT.resolve("README.md"), PROJECT.resolve("CHANGELOG.md")));
        for (String folder :
                List.of("docs", "libs/imaging", "libs/dataset-preparation", "cli", "gateway", "clients/python/src")) {
            try (Stream<Path> below = Files.walk(PROJECT.resolve(folder))) {
                below.filter(ImageFormatsTest::isRead).forEach(files::add);
            }
        }
        Map<String, List<List<String>>> lists = new TreeMap<>();
        for (Path file : files) {
            List<List<String>> ofFile = LIST.matcher(text(file))
                    .results()
                    .map(MatchResult::group)
                    .map(list -> Pattern.compile(NAME)
                            .matcher(list)
                            .results()
                            .map(MatchResult::group)
                            .toList())
                    .toList();
            if (!ofFile.isEmpty()) {
                lists.put(PROJECT.relativize(file).toString(), ofFile);
            }
        }
        return lists;
    }

    private static boolean isRead(Path file) {
        String path = PROJECT.relativize(file).toString();
        return Stream.of(".md", ".java", ".js", ".html", ".py").anyMatch(path::endsWith)
                && Stream.of("target/", "src/test/", "node_modules/").noneMatch(path::contains);
    }

    /** Javadoc breaks lists over lines. */
    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\\s+(?:\\* )?", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
