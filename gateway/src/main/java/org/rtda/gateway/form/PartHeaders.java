package org.rtda.gateway.form;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.rtda.gateway.problem.ProblemException;

/**
 * What the headers of a part say, read as the framework reads them. It fails on some of those that are not well formed.
 *
 * @param name of the field
 * @param isFile whether its content is a file's, which is not held in memory
 */
record PartHeaders(String name, boolean isFile) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_FILE_NAME = 1000;
    private static final List<String> CHARSETS = List.of("utf-8", "us-ascii", "iso-8859-1");
    private static final List<String> ENCODINGS = List.of("7bit", "8bit", "binary");

    /**
     * @param lines each ending in CR LF
     * @throws ProblemException 400 when they are not well formed
     */
    static PartHeaders of(byte[] lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.startsWith(" ") || line.startsWith("\t")) {
                throw malformed("a header of a part must be NAME: VALUE on one line");
            }
            if (headers.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip())
                    != null) {
                throw malformed(
                        "a part has the header " + line.substring(0, colon).strip() + " twice");
            }
        }
        String disposition = headers.get("Content-Disposition");
        if (disposition == null || !disposition.startsWith("form-data")) {
            throw malformed("each part must have a header Content-Disposition: form-data; name=\"NAME\"");
        }
        String name = value(disposition, "name");
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw malformed("each part must have a name of 1 to " + LONGEST_NAME + " characters");
        }
        boolean isFile = hasFileName(name, disposition);
        checkContent(name, headers.get("Content-Type"), isFile);
        String encoding = headers.get("Content-Transfer-Encoding");
        if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw malformed("the part " + name + " must be sent as it is, without Content-Transfer-Encoding");
        }
        return new PartHeaders(name, isFile);
    }

    private static boolean hasFileName(String name, String disposition) {
        String fileName;
        try {
            fileName = HeaderUtil.extractQuotedValueFromHeaderWithEncoding(disposition, "filename");
        } catch (RuntimeException e) {
            throw malformed("the part " + name + " has a file name that cannot be read", e);
        }
        if (fileName != null
                && (fileName.length() > LONGEST_FILE_NAME || fileName.chars().anyMatch(Character::isISOControl))) {
            throw malformed("the part " + name + " must have a file name of at most " + LONGEST_FILE_NAME
                    + " characters, none of them a control character");
        }
        return fileName != null;
    }

    private static void checkContent(String name, String contentType, boolean isFile) {
        if (contentType == null || contentType.isEmpty()) {
            return;
        }
        boolean isText;
        try {
            isText = MediaTypeHelper.isTextLike(MediaType.valueOf(contentType));
        } catch (RuntimeException e) {
            throw malformed("the part " + name + " has a Content-Type that is no media type", e);
        }
        if (!isText && !isFile) {
            throw malformed("the part " + name + " is no text, so it must have a file name");
        }
        if (!isFile) {
            checkCharset(contentType);
        }
    }

    /** @throws ProblemException 400 when the texts are written in a way that nobody sends them */
    static void checkCharset(String contentType) {
        String charset = value(contentType, "charset");
        if (charset != null && !CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
            throw malformed("the charset of a form must be UTF-8");
        }
    }

    /** A parameter of a header; null where it has none. */
    static String value(String header, String parameter) {
        try {
            return HeaderUtil.extractQuotedValueFromHeader(header, parameter);
        } catch (RuntimeException e) {
            throw malformed("a header of the form has a parameter " + parameter + " without a value", e);
        }
    }

    static ProblemException malformed(String detail) {
        return malformed(detail, null);
    }

    private static ProblemException malformed(String detail, Throwable cause) {
        return ProblemException.badRequest("the form cannot be read: " + detail, cause);
    }
}
