package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.imaging.split.Split;

class ImageTableTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Files that are there, without content. */
    private record Names(List<String> paths) implements FileTree {
        static Names of(String... paths) {
            return new Names(List.of(paths));
        }

        @Override
        public String name() {
            return "images";
        }

        @Override
        public byte[] read(String path, long limit) {
            throw new UnsupportedOperationException(path);
        }

        @Override
        public void close() {}
    }

    private static final Names TWO = Names.of("a.png", "b.png");

    private static ImageCollection read(String text, FileTree files) {
        return ImageTable.read("t.csv", text.getBytes(StandardCharsets.UTF_8), files, true, SourceOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void everySeparatorIsRecognisedByTheHeader(String separator) {
        String text = "file,label,split,remark\na.png,ill,Train,x\nb.png,well,testing,y\n".replace(",", separator);

        List<ImageEntry> entries = read(text, TWO).entries();

        assertThat(entries)
                .containsExactly(
                        new ImageEntry("a.png", "ill", Split.TRAIN, null, ImageAttributes.NONE),
                        new ImageEntry("b.png", "well", Split.TEST, null, ImageAttributes.NONE));
    }

    @Test
    void aFirstLineThatNamesTheSeparatorIsObeyed() {
        ImageCollection found = read("sep=;\r\nfile;label;a,b,c\r\na.png;ill;1,2,3\r\n;well;\r\n", TWO);

        assertThat(found.entries()).extracting(ImageEntry::label).containsExactly("ill");
        assertThat(found.refused()).containsExactly(new RefusedFile("t.csv, line 4", "has no file"));
    }

    @Test
    void quotesHoldSeparatorsLineEndsAndQuotes() {
        String text =
                "\"file\",\"label\",\"site\"\r\n\"a.png\",\"normal, benign\",\"the \"\"old\"\"\nhouse\"\r\nb.png,ill,x\r\n";

        ImageCollection found = read(text, TWO);

        assertThat(found.entries().get(0).label()).isEqualTo("normal, benign");
        assertThat(found.entries().get(0).attributes().site()).isEqualTo("the \"old\"\nhouse");
        assertThat(found.entries().get(1).path()).isEqualTo("b.png");
    }

    @Test
    void encodingsAreRecognisedOrNamed() {
        String text = "file,label\na.png,d\u00fcnn\n";
        Names one = Names.of("a.png");
        byte[] utf8 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
        byte[] utf16 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
        byte[] big = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);

        for (byte[] content : List.of(utf8, utf16, big, text.getBytes(StandardCharsets.UTF_8))) {
            ImageCollection found = ImageTable.read("t.csv", content, one, true, SourceOptions.DEFAULT);
            assertThat(found.entries().get(0).label()).isEqualTo("d\u00fcnn");
            assertThat(found.notes()).isEmpty();
        }
        ImageCollection windows = ImageTable.read("t.csv", text.getBytes(WINDOWS), one, true, SourceOptions.DEFAULT);
        assertThat(windows.entries().get(0).label()).isEqualTo("d\u00fcnn");
        assertThat(windows.notes())
                .containsExactly("t.csv is no UTF-8 and was read as windows-1252; --encoding names another encoding");
        assertThatThrownBy(() -> ImageTable.read(
                        "t.csv",
                        text.getBytes(WINDOWS),
                        one,
                        true,
                        SourceOptions.DEFAULT.withTable(new TableOptions(Map.of(), StandardCharsets.UTF_8))))
                .hasMessage("t.csv is not written in UTF-8; name its encoding, for example windows-1252");
    }

    @Test
    void columnsAreFoundInAnyCaseAndUnderOtherNames() {
        String text = "ImageName,Pathology,PatientID\na.png,1,p7\n";
        TableOptions options = new TableOptions(Map.of("file", "imagename", "patient", "PatientID"), null)
                .withColumn("label", "Pathology");

        ImageEntry entry = ImageTable.read(
                        "t.csv",
                        text.getBytes(StandardCharsets.UTF_8),
                        Names.of("a.png"),
                        true,
                        SourceOptions.DEFAULT.withTable(options))
                .entries()
                .get(0);

        assertThat(entry).isEqualTo(new ImageEntry("a.png", "1", null, "p7", ImageAttributes.NONE));
    }

    @Test
    void messagesCallOptionsAsWhoeverImportsDoes() {
        SourceOptions form = SourceOptions.DEFAULT.withNames(option -> "the field " + option);
        byte[] noLabel = "file,finding\na.png,ill\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ImageTable.read("t.csv", noLabel, TWO, false, form))
                .hasMessage(
                        "t.csv must have a column label (for label), has [file, finding]; the field label-column names"
                                + " that of the labels, the field column ROLE=NAME any other");
    }

    @Test
    void anotherFolderIsOfferedOnlyWhereThereMayBeOne() {
        byte[] climbing = "file,label\n../c.png,ill\n".getBytes(StandardCharsets.UTF_8);

        assertThat(ImageTable.read("t.csv", climbing, TWO, true, SourceOptions.DEFAULT)
                        .refused())
                .containsExactly(new RefusedFile(
                        "t.csv, line 2", "file ../c.png must be a path below images; --root names another folder"));
        assertThat(ImageTable.read("t.csv", climbing, TWO, false, SourceOptions.DEFAULT)
                        .refused())
                .containsExactly(new RefusedFile("t.csv, line 2", "file ../c.png must be a path below images"));
    }

    @Test
    void whatIsNoTableOfImagesIsRefused() {
        assertThatThrownBy(() -> read("", TWO)).hasMessage("t.csv is empty; it must begin with a line of column names");
        assertThatThrownBy(() -> read("file,label\n", TWO))
                .hasMessage("t.csv has a header and no line of an image below it");
        assertThatThrownBy(() -> read("name,label\na,b\n", TWO))
                .hasMessageStartingWith("t.csv must have a column file (for file), has [label, name]");
        assertThatThrownBy(() -> read("file,label,Label\na,b,c\n", TWO))
                .hasMessage("t.csv has two columns named label; rename one of them");
        assertThatThrownBy(() -> read("file,label\na.png,ill\nb.png,\"well\n", TWO))
                .hasMessage("t.csv cannot be read from line 3 on; is there a quote that is not closed?");
        assertThatThrownBy(() -> new TableOptions(Map.of("colour", "x"), null)).hasMessageEndingWith("was colour");
    }

    @Test
    void linesThatCannotBeUsedAreListedWithTheirNumbers() {
        Names files = Names.of("a.png", "x/1.png", "y/1.png", "z/2.png");
        String text = """
                file,label,split,sex,age
                a.png,ill,,F,30
                a.png,well,,F,30
                ,ill,,F,30
                missing.png,ill,,F,30
                1.png,ill,,F,30
                2.png,,,F,30
                2.png,ill,sometimes,F,30
                2.png,ill,,maybe,30
                2.png,ill,,F,old
                2.png,ill,,F,131
                /etc/passwd,ill,,F,30
                ../a.png,ill,,F,30
                2.png,ill,,F,30
                """;

        ImageCollection found = read(text, files);

        assertThat(found.entries()).extracting(ImageEntry::path).containsExactly("a.png", "z/2.png");
        assertThat(found.refused().stream().map(RefusedFile::toString))
                .containsExactly(
                        "t.csv, line 3: names the file of line 2 again: a.png; one image has one line",
                        "t.csv, line 4: has no file",
                        "t.csv, line 5: file missing.png is not there, below images",
                        "t.csv, line 6: file 1.png is there 2 times, for example x/1.png and y/1.png; give its path",
                        "t.csv, line 7: has no label",
                        "t.csv, line 8: split must be train, val or test, was 'sometimes'",
                        "t.csv, line 9: sex must be F, M or O (female, male, other), was 'maybe'",
                        "t.csv, line 10: age must be in years, 0 to 130, or as DICOM writes it (063Y, 018M), was 'old'",
                        "t.csv, line 11: age must be in years, 0 to 130, or as DICOM writes it (063Y, 018M), was '131'",
                        "t.csv, line 12: file /etc/passwd must be a path below images; --root names another folder",
                        "t.csv, line 13: file ../a.png must be a path below images; --root names another folder");
    }

    /** Without a check the label would be {@code irregular}. */
    @Test
    void aLineWithMoreCellsThanTheFirstIsRefusedForItsLabelWouldBeAnotherCell() {
        ImageCollection found =
                read("file,report,label,\na.png,large, irregular,ill\nb.png,\"small, round\",well,,\n", TWO);

        assertThat(found.entries())
                .extracting(ImageEntry::path, ImageEntry::label)
                .containsExactly(tuple("b.png", "well"));
        assertThat(found.refused())
                .containsExactly(new RefusedFile(
                        "t.csv, line 2",
                        "has 4 cells, the first line has 3; a cell that holds a separator must be in quotes"));
    }

    @Test
    void emptyCellsAtTheEndOfALineMayBeLeftOutAndLinesOfEmptyCellsAreNone() {
        ImageCollection found = read("file;label;site;age\r\na.png;ill\r\nb.png;well;north;30\r\n;;;\r\n", TWO);

        assertThat(found.entries()).extracting(ImageEntry::label).containsExactly("ill", "well");
        assertThat(found.refused()).isEmpty();
    }

    @Test
    void whatProgramsWriteForNoValueIsNeitherAClassNorAPatient() {
        ImageCollection found = read("file,label,patient\na.png,None,nan\nb.png,NaN,p1\n", TWO);

        assertThat(found.entries())
                .extracting(ImageEntry::label, ImageEntry::patient)
                .containsExactly(tuple("None", null));
        assertThat(found.refused())
                .containsExactly(
                        new RefusedFile("t.csv, line 3", "has no label: NaN is how programs write that there is none"));
    }

    @Test
    void sexesAreWrittenInManyWaysAndMayBeUnknown() {
        for (Map.Entry<String, String> sex : Map.of(
                        "m", "M", "Man", "M", "W", "F", "woman", "F", "FEMALE", "F", "o", "O")
                .entrySet()) {
            assertThat(ImageAttributes.of(null, null, sex.getKey(), null, null, null)
                            .sex())
                    .as(sex.getKey())
                    .isEqualTo(sex.getValue());
        }
        ImageAttributes unknown = ImageAttributes.of(null, null, "unknown", "N/A", "-", null);
        assertThat(unknown).isEqualTo(ImageAttributes.NONE);
    }

    @Test
    void theOldestMayBeGivenWithoutTheirAge() {
        for (String age : List.of("90+", ">89", ">= 85", "80 +")) {
            assertThat(ImageAttributes.of(null, null, null, age, null, null).ageBand())
                    .as(age)
                    .isEqualTo("80+");
        }
        // of these the band is not known
        for (String age : List.of("40+", ">79", ">60")) {
            assertThatThrownBy(() -> ImageAttributes.of(null, null, null, age, null, null))
                    .hasMessageStartingWith("age must be in years");
        }
    }

    @Test
    void agesBecomeBandsOfTwentyYears() {
        for (Map.Entry<String, String> age : Map.of(
                        "0", "0-19", "19", "0-19", "39,5", "20-39", "063Y", "60-79", "79.9", "60-79", "80", "80+",
                        "104", "80+", "018M", "0-19", "900W", "0-19")
                .entrySet()) {
            assertThat(ImageAttributes.of(null, null, null, age.getKey(), null, null)
                            .ageBand())
                    .as(age.getKey())
                    .isEqualTo(age.getValue());
        }
    }

    @Test
    void anAccentMayBeWrittenAsAPartOfItsLetterOrAfterIt() {
        Names apart = Names.of("x/cafe\u0301.png", "the\u0301.png");

        ImageCollection found = read("file,label\nx/caf\u00e9.png,ill\nth\u00e9.png,well\n", apart);

        assertThat(found.entries()).extracting(ImageEntry::path).containsExactly("x/cafe\u0301.png", "the\u0301.png");
    }

    @Test
    void backslashesAndDotsInPathsAreThoseOfOtherSystems() {
        ImageCollection found = read("file,label\nx\\1.png,ill\n./x/2.png,well\n", Names.of("x/1.png", "x/2.png"));

        assertThat(found.entries()).extracting(ImageEntry::path).containsExactly("x/1.png", "x/2.png");
    }
}
