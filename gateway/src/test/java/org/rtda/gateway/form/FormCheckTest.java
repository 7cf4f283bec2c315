package org.rtda.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.gateway.problem.ProblemException;

class FormCheckTest {
    private static final String TYPE = "multipart/form-data; boundary=part";
    private static final String NAME = "Content-Disposition: form-data; name=\"name\"";
    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.npz\"";
    private static final int HOSTILE = 400;
    /** 30 bytes of a field, 200 of all fields and headers, 3 parts. */
    private static final FormLimits NARROW = new FormLimits(1000, 3, 100, 30, 200);

    private static final Consumer<PartHeaders> ANY_PART = part -> {};

    private static FormCheck checked(FormLimits limits, String form) {
        FormCheck check = FormCheck.of(TYPE, limits, ANY_PART);
        byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
        check.read(bytes, 0, bytes.length);
        check.end();
        return check;
    }

    private static String part(String headers, String content) {
        return "--part\r\n" + headers + "\r\n\r\n" + content + "\r\n";
    }

    private static String form(String headers, String content) {
        return part(headers, content) + "--part--\r\n";
    }

    private static void assertRefused(FormLimits limits, String form, int status, String detail) {
        assertThatThrownBy(() -> checked(limits, form))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(status))
                .hasMessage(detail);
    }

    private static void assertMalformed(String form, String why) {
        assertRefused(FormLimits.of(1 << 20), form, 400, "the form cannot be read: " + why);
    }

    @Test
    void aFormAsABrowserSendsItIsReadHoweverItsBytesCome() {
        byte[] sound = HostileForm.sound();
        for (int piece = 1; piece <= sound.length; piece++) {
            FormCheck check = FormCheck.of(TYPE, FormLimits.of(sound.length), ANY_PART);
            for (int at = 0; at < sound.length; at += piece) {
                check.read(sound, at, Math.min(piece, sound.length - at));
            }
            assertThatCode(check::end).as("pieces of %d", piece).doesNotThrowAnyException();
        }
    }

    /** The header is 43 bytes, its line end 2, the empty line 2, the content 7; a file's content is not held. */
    @Test
    void whatIsHeldIsHeadersAndFieldsAndNotTheContentOfFiles() {
        assertThat(NAME).hasSize(43);
        assertThat(FILE).hasSize(61);
        assertThat(checked(NARROW, form(NAME, "hostile")).heldBytes()).isEqualTo(43 + 2 + 2 + 7);
        assertThat(checked(NARROW, form(FILE, "x".repeat(500))).heldBytes()).isEqualTo(61 + 2 + 2);
    }

    @Test
    void contentThatLooksLikeABoundaryIsContentAndIsCounted() {
        String almost = "\r\n--par\r\r\n--pa";

        assertThat(checked(NARROW, form(NAME, almost)).heldBytes()).isEqualTo(47 + almost.length());
    }

    /** It goes to disk as it is: nobody reads it in a charset. */
    @Test
    void aFileMayBeInAnyCharset() {
        assertThatCode(() ->
                        checked(FormLimits.of(1 << 20), form(FILE + "\r\nContent-Type: text/csv; charset=cp1252", "x")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFormWithMoreThanItMayHaveIsRefused() {
        assertThatCode(() -> checked(NARROW, form(NAME, "x".repeat(30)))).doesNotThrowAnyException();
        assertRefused(
                NARROW,
                form(NAME, "x".repeat(31)),
                413,
                "the field name may have at most 30 bytes, has more; only a part with a file name may");
        assertRefused(
                NARROW,
                form(NAME + "\r\nX: " + "x".repeat(60), ""),
                413,
                "the headers of a part may have at most 100 bytes, have more");
        assertRefused(
                NARROW,
                part(NAME, "x".repeat(30)) + part(NAME, "x".repeat(30)) + form(NAME, "x".repeat(30)),
                413,
                "the fields of a form, with the headers of all parts, may have at most 200 bytes together, have more");
        assertRefused(
                NARROW,
                part(NAME, "") + part(NAME, "") + part(NAME, "") + form(NAME, ""),
                413,
                "a form may have at most 3 parts, has more");
        assertRefused(NARROW, form(FILE, "x".repeat(1000)), 413, "the body may have at most 1000 bytes, has more");
    }

    @Test
    void aHeaderWithoutAnEndIsRefusedBeforeMuchOfItIsHeld() {
        FormCheck check = FormCheck.of(TYPE, FormLimits.of(1L << 40), ANY_PART);
        byte[] start = "--part\r\nX: ".getBytes(StandardCharsets.US_ASCII);
        byte[] more = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        check.read(start, 0, start.length);

        assertThatThrownBy(() -> check.read(more, 0, more.length))
                .hasMessage("the headers of a part may have at most 8192 bytes, have more");
        assertThat(check.heldBytes()).isLessThan(8193);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data | its Content-Type must have a boundary of 1 to 70 printable characters",
                "multipart/form-data; boundary=\"\" | its Content-Type must have a boundary of 1 to 70 printable characters",
                "multipart/form-data; boundary= | a header of the form has a parameter boundary without a value",
                "multipart/form-data; boundary=part; charset=UTF-16 | the charset of a form must be UTF-8",
            })
    void aContentTypeThatSaysNoBoundaryIsRefused(String contentType, String why) {
        assertThatThrownBy(() -> FormCheck.of(contentType, NARROW, ANY_PART))
                .hasMessage("the form cannot be read: " + why);
    }

    @Test
    void aFormThatIsNoneIsRefusedWithASentence() {
        assertMalformed("", "it ends before its last boundary");
        assertMalformed(part(NAME, "x"), "it ends before its last boundary");
        assertMalformed("--part\r\n" + NAME, "it ends before its last boundary");
        assertMalformed("--port--\r\n", "it does not begin with the boundary that its Content-Type names");
        assertMalformed("preamble\r\n--part--", "it does not begin with the boundary that its Content-Type names");
        assertMalformed("--parts\r\n", "after a boundary the line must end, or two hyphens must follow");
        assertMalformed("--part-x", "after a boundary the line must end, or two hyphens must follow");
        assertMalformed("--part\n" + NAME, "after a boundary the line must end, or two hyphens must follow");
        assertMalformed("--part\r\n" + NAME + "\n\nx", "a header of a part has a control character");
        assertMalformed("--part\r\n" + NAME + "\r\rx", "a header's line ends in CR without LF");
    }

    @Test
    void headersThatSayNothingOrTooMuchAreRefused() {
        String noDisposition = "each part must have a header Content-Disposition: form-data; name=\"NAME\"";
        assertMalformed("--part\r\n\r\nx\r\n--part--", noDisposition);
        assertMalformed(form("Content-Type: text/plain", "x"), noDisposition);
        assertMalformed(form("Content-Disposition: attachment; name=\"a\"", "x"), noDisposition);
        assertMalformed(
                form("Content-Disposition: form-data", "x"), "each part must have a name of 1 to 200 characters");
        assertMalformed(
                form("Content-Disposition: form-data; name=", "x"),
                "a header of the form has a parameter name without a value");
        assertMalformed(form("no header", "x"), "a header of a part must be NAME: VALUE on one line");
        assertMalformed(form(NAME + "\r\n folded: x", "x"), "a header of a part must be NAME: VALUE on one line");
        assertMalformed(form(NAME + "\r\n" + NAME, "x"), "a part has the header Content-Disposition twice");
        assertMalformed(
                form(NAME + "\r\nContent-Transfer-Encoding: base64", "x"),
                "the part name must be sent as it is, without Content-Transfer-Encoding");
        assertMalformed(
                form(NAME + "\r\nContent-Type: application/octet-stream", "x"),
                "the part name is no text, so it must have a file name");
        assertMalformed(
                form(NAME + "\r\nContent-Type: text", "x"), "the part name has a Content-Type that is no media type");
        assertMalformed(
                form(NAME + "\r\nContent-Type: text/plain; charset=UTF-16", "x"),
                "the charset of a form must be UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename*=UTF-8''%zz", "filename*=no-such-charset''x", "filename*=x", "filename="})
    void aFileNameThatCannotBeReadIsRefused(String fileName) {
        assertMalformed(
                form("Content-Disposition: form-data; name=\"file\"; " + fileName, "x"),
                "the part file has a file name that cannot be read");
    }

    @Test
    void aFileNameHasNoControlCharacters() {
        assertMalformed(
                form("Content-Disposition: form-data; name=\"file\"; filename=\"a\u001b[2J\"", "x"),
                "a header of a part has a control character");
        assertMalformed(
                form("Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''a%0a", "x"),
                "the part file must have a file name of at most 1000 characters, none of them a control character");
    }

    @Test
    void aFormIsCheckedWhileItIsRead() throws IOException {
        FormCheck sound = FormCheck.of(TYPE, FormLimits.of(1 << 20), ANY_PART);
        try (InputStream form = new CheckedForm(new ByteArrayInputStream(HostileForm.sound()), sound)) {
            assertThat(form.readAllBytes()).isEqualTo(HostileForm.sound());
        }
        FormCheck cut = FormCheck.of(TYPE, FormLimits.of(1 << 20), ANY_PART);
        try (InputStream form = new CheckedForm(new ByteArrayInputStream(new byte[] {'-'}), cut)) {
            assertThat(form.read()).isEqualTo('-');
            assertThatThrownBy(form::read).hasMessage("the form cannot be read: it ends before its last boundary");
        }
    }

    /** Whoever breaks off is at fault, not the gateway. */
    @Test
    void aSenderThatBreaksOffIsRefused() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection was closed");
            }
        };
        assertThatThrownBy(() -> new CheckedForm(broken, FormCheck.of(TYPE, NARROW, ANY_PART)).read())
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(400))
                .hasMessage("the form cannot be read to its end: connection was closed");
    }

    // ---- hostile forms from seeds ----

    /** What the framework's parser finds. */
    private static List<String> parsed(HostileForm form) throws IOException {
        List<String> names = new ArrayList<>();
        MultipartParser.ParseState parser = MultipartParser.beginParse(
                new MultipartParser.PartHandler() {
                    @Override
                    public void beginPart(CaseInsensitiveMap<String> headers) {
                        names.add(HeaderUtil.extractQuotedValueFromHeader(
                                headers.getFirst("Content-Disposition"), "name"));
                    }

                    @Override
                    public void data(ByteBuffer buffer) {}

                    @Override
                    public void endPart() {}
                },
                HeaderUtil.extractQuotedValueFromHeader(form.contentType(), "boundary")
                        .getBytes(StandardCharsets.US_ASCII),
                "UTF-8");
        parser.parse(ByteBuffer.wrap(form.body()));
        assertThat(parser.isComplete()).as(form.what()).isTrue();
        return names;
    }

    @Test
    void aHostileFormIsRefusedWithASentenceOrTheFrameworkReadsItWithoutFailing() throws IOException {
        assertThat(HOSTILE).isGreaterThanOrEqualTo(20 * HostileForm.kinds());
        FormLimits limits = FormLimits.of(4 << 20);
        int refused = 0;
        int read = 0;
        for (int seed = 0; seed < HOSTILE; seed++) {
            HostileForm form = HostileForm.of(seed);
            Random pieces = new Random(seed);
            FormCheck check = null;
            try {
                check = FormCheck.of(form.contentType(), limits, ANY_PART);
                for (int at = 0; at < form.body().length; ) {
                    int piece = Math.min(form.body().length - at, 1 + pieces.nextInt(2000));
                    check.read(form.body(), at, piece);
                    at += piece;
                }
                check.end();
                assertThat(parsed(form)).as(form.what()).doesNotContainNull().hasSizeLessThanOrEqualTo(1000);
                read++;
            } catch (ProblemException e) {
                assertThat(e.status()).as(form.what()).isIn(400, 413);
                assertThat(e.problem().detail())
                        .as(form.what())
                        .hasSizeBetween(20, 500)
                        .matches(detail -> detail.chars().noneMatch(Character::isISOControl), "no control characters");
                refused++;
            }
            if (check != null) {
                assertThat(check.heldBytes()).as(form.what()).isLessThanOrEqualTo(limits.heldBytes() + 1L);
            }
        }
        assertThat(refused).as("refused").isGreaterThan(200);
        assertThat(read).as("read").isGreaterThan(50);
    }
}
