package org.rtda.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.problem.ProblemException;

class FormPartsTest {
    static class Form {
        @RestForm
        String modality;

        @RestForm("class")
        List<String> eachClass;

        @RestForm(FileUpload.ALL)
        List<FileUpload> uploads;

        String noPart;
    }

    interface Resource {
        void takesFields(Form form);

        void takesOneFile(@RestForm("file") FileUpload file);
    }

    private static FormParts of(String operation) {
        return FormParts.of(Arrays.stream(Resource.class.getMethods())
                .filter(method -> method.getName().equals(operation))
                .findFirst()
                .orElseThrow());
    }

    private static PartHeaders text(String name) {
        return new PartHeaders(name, false);
    }

    private static PartHeaders file(String name) {
        return new PartHeaders(name, true);
    }

    private static void assertRefused(FormParts parts, PartHeaders part, String detail) {
        assertThatThrownBy(() -> parts.accept(part))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(400))
                .hasMessage(detail);
    }

    @Test
    void aFieldThatIsMisspeltIsRefusedWithTheKnownOnes() {
        assertRefused(
                of("takesFields"), text("modalty"), "the form has no field modalty: its fields are modality, class");
        assertRefused(
                of("takesFields"), text("noPart"), "the form has no field noPart: its fields are modality, class");
    }

    @Test
    void aFieldComesOnceAListAsOftenAsItIsSent() {
        FormParts parts = of("takesFields");
        parts.accept(text("class"));
        parts.accept(text("modality"));

        assertThatCode(() -> parts.accept(text("class"))).doesNotThrowAnyException();
        assertRefused(parts, text("modality"), "the form has modality twice: give it once");
    }

    /** Their names are for the operation to judge: it knows what two files of one name are. */
    @Test
    void whereAllFilesAreTakenAFileMayHaveAnyNameButAField() {
        FormParts parts = of("takesFields");
        parts.accept(file("shift-a"));

        assertThatCode(() -> parts.accept(file("shift-a"))).doesNotThrowAnyException();
        assertRefused(
                parts, file("modality"), "the form has no file modality: it takes text there, without a file name");
    }

    @Test
    void whereOneFileIsTakenAnotherOrATextIsRefused() {
        FormParts parts = of("takesOneFile");
        parts.accept(file("file"));

        assertRefused(parts, file("file"), "the form has file twice: give it once");
        assertRefused(of("takesOneFile"), file("weights"), "the form has no file weights: its files are file");
        assertRefused(
                of("takesOneFile"),
                text("file"),
                "the form has no field file: it takes files only, each with a file name: file");
    }
}
