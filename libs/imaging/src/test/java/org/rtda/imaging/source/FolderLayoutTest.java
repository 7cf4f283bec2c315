package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.imaging.split.Split;

class FolderLayoutTest {
    @TempDir
    Path folder;

    private ImageCollection read(String... paths) throws IOException {
        for (String path : paths) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
        return ImageSources.open(folder, SourceOptions.DEFAULT);
    }

    @Test
    void foldersAreClasses() throws IOException {
        ImageCollection found = read("ill/2.png", "ill/1.png", "well/p7/3.png", "readme.txt", "labels.csv");

        assertThat(found.kind()).isEqualTo("folder");
        assertThat(found.entries())
                .extracting(ImageEntry::path, ImageEntry::label, ImageEntry::split)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ill/1.png", "ill", null),
                        org.assertj.core.groups.Tuple.tuple("ill/2.png", "ill", null),
                        org.assertj.core.groups.Tuple.tuple("well/p7/3.png", "well", null));
        assertThat(found.refused())
                .containsExactly(
                        new RefusedFile(
                                "labels.csv",
                                "lies in no folder of a class; where it is a table of the images, import by it: name it instead"
                                        + " of the folder"),
                        new RefusedFile("readme.txt", "lies in no folder of a class"));
    }

    @Test
    void outermostFoldersNamedLikeSplitsAreSplits() throws IOException {
        ImageCollection found = read("Train/ill/1.png", "valid/ill/2.png", "TEST/well/3.png", "TEST/4.png");

        assertThat(found.entries()).extracting(ImageEntry::split).containsExactly(Split.TEST, Split.TRAIN, Split.VAL);
        assertThat(found.entries()).extracting(ImageEntry::label).containsExactly("well", "ill", "ill");
        assertThat(found.refused())
                .containsExactly(new RefusedFile("TEST/4.png", "lies in no folder of a class below a split"));
    }

    @Test
    void aFolderAroundAllOfThemIsLeftOutOfAccount() throws IOException {
        ImageCollection found = read("download/images/ill/1.png", "download/images/well/2.png", "download/readme.txt");

        assertThat(found.entries()).extracting(ImageEntry::label).containsExactly("ill", "well");
    }

    @Test
    void oneFolderOfImagesIsAClassAndNoFolderAroundThem() throws IOException {
        assertThat(read("only/1.png", "only/2.png").entries())
                .extracting(ImageEntry::label)
                .containsExactly("only", "only");
    }

    @Test
    void aSplitAmongClassesIsSaidToBeAClass() throws IOException {
        ImageCollection found = read("train/1.png", "tumour/2.png");

        assertThat(found.entries()).extracting(ImageEntry::label).containsExactly("train", "tumour");
        assertThat(found.notes())
                .containsExactly("the folders [train] are taken for classes, since beside them [tumour] are no splits");
    }

    @Test
    void splitsWithSomethingElseBesideThemAreRefusedForTheyWouldBeClasses() {
        assertThatThrownBy(() -> read("set/train/ill/1.png", "set/test/ill/2.png", "set/copy/test/ill/2.png"))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessage(
                        folder + " holds the splits [test, train] and beside them [copy]; leave only the splits in it,"
                                + " with a folder for each class in each");
    }

    @Test
    void foldersWithoutAFileAreSaid() throws IOException {
        Files.createDirectories(folder.resolve("rare/deep/deeper"));
        Files.createDirectories(folder.resolve("ill/more"));
        Files.createDirectories(folder.resolve("hidden"));
        Files.createFile(folder.resolve("hidden/.gitkeep"));

        assertThat(read("ill/1.png", "well/p7/2.png").notes())
                .containsExactly(
                        "the folders [hidden, ill/more, rare] hold no file; one that should be a class is none");
    }

    @Test
    void patientsAreFoundInPaths() throws IOException {
        read("ill/person7_1.png", "well/other.png");

        ImageCollection found =
                ImageSources.open(folder, SourceOptions.DEFAULT.withPatients(PatientPattern.of("(person\\d+)_")));

        assertThat(found.entries()).extracting(ImageEntry::patient).containsExactly("person7", null);
        assertThatThrownBy(() -> PatientPattern.of("(a)(b)"))
                .hasMessage("must have one group, which is the patient, for example (person\\d+)_; (a)(b) has 2");
    }

    @Test
    void aFolderWithoutImagesSaysWhatMustBeThere() {
        assertThatThrownBy(() -> read("readme.txt"))
                .hasMessageContaining("holds no folder of images: there must be one folder a class");
    }

    @Test
    void aTableInAnArchiveNamesFilesBesideIt() throws IOException {
        byte[] zip = new ZipBytes()
                .file("set/labels.csv", "file,label\n1.png,ill\npictures/2.png,well\n".getBytes())
                .file("set/1.png", new byte[] {1})
                .file("set/pictures/2.png", new byte[] {2})
                .bytes();
        Path file = Files.write(folder.resolve("set.zip"), zip);

        try (ImageCollection found = ImageSources.open(file, SourceOptions.DEFAULT)) {
            assertThat(found.kind()).isEqualTo("zip");
            assertThat(found.entries()).extracting(ImageEntry::label).containsExactly("ill", "well");
            assertThat(found.files().read(found.entries().get(1).path(), 10)).containsExactly(2);
        }
    }
}
