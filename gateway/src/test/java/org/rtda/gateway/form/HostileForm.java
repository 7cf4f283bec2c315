package org.rtda.gateway.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A form as nobody would send it who means well. Some are harmless, so that it is seen that these are not refused for nothing.
 *
 * @param what names the kind and the seed
 */
public record HostileForm(String what, String contentType, byte[] body) {
    private static final String BOUNDARY = "part";
    private static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;
    private static final String TEXT = "Content-Disposition: form-data; name=\"%s\"";
    private static final String FILE = "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"";
    private static final List<String> FILE_NAMES = List.of(
            "../../../../etc/passwd",
            "..",
            "/etc/passwd",
            "C:\\windows\\system32\\x",
            "a\u0000.npz",
            "a\u001b[2J.npz",
            "a\nb.npz",
            "a\u0085b.npz",
            "",
            " ",
            "x".repeat(5000),
            "CON",
            "a;b=c",
            "%2e%2e%2f",
            "\u202egpz.exe");
    private static final List<String> DISPOSITIONS = List.of(
            "Content-Disposition: form-data",
            "Content-Disposition: form-data; name=",
            "Content-Disposition: form-data; name=\"\"",
            "Content-Disposition: form-data; name=\"" + "n".repeat(500) + "\"",
            "Content-Disposition: attachment; name=\"file\"",
            "Content-Disposition: form-data; name=\"file\"; filename=",
            "Content-Disposition: form-data; name=\"file\"; filename*=no-such-charset''x",
            "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%zz",
            "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%00%0a",
            "Content-Disposition: form-data; name=\"file\"; filename*=x",
            "Content-Disposition:",
            "Content-Type: text/plain",
            ": form-data; name=\"file\"",
            "no header at all",
            " Content-Disposition: form-data; name=\"file\"",
            "X: y");
    private static final List<String> CONTENT_TYPES = List.of(
            "multipart/form-data",
            "multipart/form-data; boundary",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=" + "b".repeat(300),
            "multipart/form-data; boundary=other",
            "multipart/form-data; boundary=par",
            "multipart/form-data; boundary=part; charset=UTF-16",
            "multipart/form-data; boundary=part; charset=no-such-charset",
            "multipart/form-data; boundary=part; charset=");
    private static final List<String> PART_TYPES = List.of(
            "text",
            "text/",
            "/",
            "; charset=UTF-8",
            "text/plain; charset=no-such-charset",
            "text/plain; charset=UTF-16",
            "text/plain; charset=",
            "application/octet-stream",
            "image/png",
            "text/plain; charset=utf-8");

    /** A kind of harm, done with the random generator to a form that begins as it should. */
    private record Kind(String what, BiFunction<Form, Random, HostileForm> make) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("cut off", (form, random) -> {
                byte[] whole = form.sound().bytes();
                return as(Arrays.copyOf(whole, random.nextInt(whole.length)));
            }),
            new Kind("with flipped bits", (form, random) -> {
                byte[] bytes = form.sound().bytes();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return as(bytes);
            }),
            new Kind(
                    "under another Content-Type",
                    (form, random) -> new HostileForm(
                            "", any(CONTENT_TYPES, random), form.sound().bytes())),
            new Kind(
                    "with a long header",
                    (form, random) -> as(form.part(
                                    TEXT.formatted("name") + "\r\nX-Long: " + "x".repeat(1 << 12 + random.nextInt(8)),
                                    "hostile")
                            .end())),
            new Kind(
                    "with many headers",
                    (form, random) -> as(
                            form.part(TEXT.formatted("name") + "\r\nX: y".repeat(1 + random.nextInt(5000)), "hostile")
                                    .end())),
            new Kind(
                    "with a disposition that says nothing",
                    (form, random) ->
                            as(form.part(any(DISPOSITIONS, random), "hostile").end())),
            new Kind(
                    "with a file name",
                    (form, random) -> as(form.part(TEXT.formatted("name"), "hostile")
                            .part(FILE.formatted("file", any(FILE_NAMES, random)), bytes(random))
                            .end())),
            new Kind("of thousands of fields", (form, random) -> {
                for (int i = 1 + random.nextInt(3000); i > 0; i--) {
                    form.part(TEXT.formatted("f" + i), "");
                }
                return as(form.end());
            }),
            new Kind("of empty files", (form, random) -> {
                for (int i = 1 + random.nextInt(100); i > 0; i--) {
                    form.part(FILE.formatted("shift-" + i, i + ".npz"), "");
                }
                return as(form.end());
            }),
            new Kind(
                    "with a large field",
                    (form, random) -> as(form.part(TEXT.formatted("name"), "x".repeat(65_530 + random.nextInt(12)))
                            .end())),
            new Kind("of large fields", (form, random) -> {
                for (int i = 10 + random.nextInt(20); i > 0; i--) {
                    form.part(TEXT.formatted("map"), "x".repeat(60_000));
                }
                return as(form.end());
            }),
            new Kind(
                    "with a form inside",
                    (form, random) -> as(form.part(
                                    TEXT.formatted("name") + "\r\nContent-Type: multipart/mixed; boundary=inner",
                                    "--inner\r\n" + FILE.formatted("file", "a.npz") + "\r\n\r\n"
                                            + "--inner".repeat(random.nextInt(100)))
                            .end())),
            new Kind(
                    "encoded",
                    (form, random) -> as(form.part(
                                    TEXT.formatted("name") + "\r\nContent-Transfer-Encoding: "
                                            + any(List.of("base64", "quoted-printable", "x-own", "8bit"), random),
                                    any(List.of("====", "aG9zdGls", "=Z=ZZ=", "a".repeat(1025)), random))
                            .end())),
            new Kind(
                    "with a part's type",
                    (form, random) -> as(form.part(
                                    TEXT.formatted(any(List.of("name", "file", "provenance"), random))
                                            + "\r\nContent-Type: " + any(PART_TYPES, random),
                                    bytes(random))
                            .end())),
            new Kind(
                    "with other line ends",
                    (form, random) -> as(new String(form.sound().bytes(), StandardCharsets.ISO_8859_1)
                            .replace("\r\n", any(List.of("\n", "\r", "\r\r\n", "\n\r", "\r\n "), random))
                            .getBytes(StandardCharsets.ISO_8859_1))),
            new Kind(
                    "with more behind a boundary",
                    (form, random) -> as(form.part(TEXT.formatted("name"), "hostile")
                            .raw("--part"
                                    + any(List.of("s", "-", "-x-", " x", "\rx", "\u0000", "--more", "  --"), random)
                                    + "\r\n" + TEXT.formatted("provenance") + "\r\n\r\nx")
                            .end())),
            new Kind(
                    "with files for fields and fields for files",
                    (form, random) -> as(form.part(
                                    FILE.formatted(any(List.of("name", "side", "classes"), random), "x.txt"),
                                    bytes(random))
                            .part(TEXT.formatted(any(List.of("file", "prepared", "shift-a"), random)), bytes(random))
                            .end())),
            new Kind(
                    "with the same twice",
                    (form, random) -> as(form.part(
                                    TEXT.formatted("name") + "\r\n"
                                            + any(
                                                    List.of(
                                                            TEXT.formatted("file"),
                                                            "content-disposition: form-data; name=x"),
                                                    random),
                                    "hostile")
                            .part(FILE.formatted("file", "a.npz"), bytes(random))
                            .part(FILE.formatted("file", "b.npz"), bytes(random))
                            .end())),
            new Kind("between other bytes", (form, random) -> {
                Form other = new Form();
                other.raw(any(List.of("", "\r\n", "\r\n\r\n", "\n", "preamble\r\n", "--", "\u0000"), random));
                other.raw(new String(form.sound().bytes(), StandardCharsets.ISO_8859_1));
                return as(other.raw("epilogue".repeat(random.nextInt(1000))).bytes());
            }),
            new Kind(
                    "that almost ends",
                    (form, random) -> as(form.part(
                                    FILE.formatted("file", "a.npz"),
                                    "\r\n--par\r\n--par\r\r\n-".repeat(random.nextInt(300)))
                            .end())));

    /** How many kinds there are: so many seeds in a row are one of each. */
    public static int kinds() {
        return KINDS.size();
    }

    public static HostileForm of(int seed) {
        Kind kind = KINDS.get(seed % KINDS.size());
        HostileForm made = kind.make().apply(new Form(), new Random(seed));
        return new HostileForm("a form " + kind.what() + ", seed " + seed, made.contentType(), made.body());
    }

    /** One that a browser could send. */
    static byte[] sound() {
        return new Form().sound().bytes();
    }

    private static HostileForm as(byte[] body) {
        return new HostileForm("", CONTENT_TYPE, body);
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A form in the making. */
    private static final class Form {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Form sound() {
            return part(TEXT.formatted("name"), "hostile")
                    .part(
                            FILE.formatted("file", "a.npz") + "\r\nContent-Type: application/octet-stream",
                            "PK\u0003\u0004")
                    .raw("--" + BOUNDARY + "--\r\n");
        }

        private Form part(String headers, String content) {
            return raw("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n")
                    .raw(content)
                    .raw("\r\n");
        }

        private Form raw(String text) {
            // most is ASCII; what a name holds beyond is as a browser would send it
            boolean isBinary = text.chars().allMatch(c -> c < 256);
            bytes.writeBytes(text.getBytes(isBinary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
            return this;
        }

        private byte[] end() {
            return raw("--" + BOUNDARY + "--\r\n").bytes();
        }

        private byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
