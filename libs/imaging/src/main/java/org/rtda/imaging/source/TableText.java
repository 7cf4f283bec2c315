package org.rtda.imaging.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A table's text: by its byte order mark, else by the encoding that is given, else UTF-8 where it is that, else Windows-1252.
 *
 * @param charset in which it was written
 */
record TableText(String text, Charset charset) {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /**
     * @param given null where nobody says
     * @throws InvalidSourceException when the bytes are no text of the given encoding
     */
    static TableText of(String name, byte[] content, Charset given) {
        if (startsWith(content, 0xef, 0xbb, 0xbf)) {
            return decoded(name, content, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(content, 0xff, 0xfe)) {
            return decoded(name, content, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(content, 0xfe, 0xff)) {
            return decoded(name, content, 2, StandardCharsets.UTF_16BE);
        }
        if (given != null) {
            return decoded(name, content, 0, given);
        }
        try {
            return new TableText(strict(content, 0, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new TableText(new String(content, WINDOWS_1252), WINDOWS_1252);
        }
    }

    private static boolean startsWith(byte[] content, int... mark) {
        return content.length >= mark.length && Arrays.equals(content, 0, mark.length, bytes(mark), 0, mark.length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static TableText decoded(String name, byte[] content, int from, Charset charset) {
        try {
            return new TableText(strict(content, from, charset), charset);
        } catch (CharacterCodingException e) {
            throw new InvalidSourceException(
                    name + " is not written in " + charset + "; name its encoding, for example windows-1252", e);
        }
    }

    private static String strict(byte[] content, int from, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(content, from, content.length - from))
                .toString();
    }
}
