package org.rtda.faults.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Separates the calls of an HTTP/1.1 connection, so that a single call can be slowed or answered in the server's place.
 * A body is passed on by its {@code Content-Length}; a connection with a chunked request is passed on untouched from
 * there.
 */
final class HttpPassage implements Passage {
    private static final int LONGEST_HEAD = 1 << 16;

    private volatile Interference interference = Interference.NONE;

    /** For calls from now on. */
    void interfere(Interference wanted) {
        interference = wanted;
    }

    @Override
    public void pass(InputStream fromClient, OutputStream toServer, OutputStream toClient) throws IOException {
        InputStream calls = new BufferedInputStream(fromClient);
        for (byte[] head = head(calls); head.length > 0; head = head(calls)) {
            String text = new String(head, StandardCharsets.ISO_8859_1);
            Optional<byte[]> instead = interference.answerTo(text.substring(0, Math.max(0, text.indexOf(' '))));
            boolean awaitsContinue = header(text, "expect").isPresent();
            long length = header(text, "content-length").map(Long::parseLong).orElse(0L);
            if (instead.isPresent()) {
                // a client that is still sending would see a broken connection, not the answer
                copy(calls, OutputStream.nullOutputStream(), awaitsContinue ? 0 : length);
                toClient.write(instead.get());
                toClient.flush();
                return;
            }
            toServer.write(head);
            if (header(text, "transfer-encoding").isPresent()) {
                calls.transferTo(toServer);
                return;
            }
            copy(calls, toServer, length);
        }
    }

    /** Up to the empty line, with it; empty at the end of the connection. */
    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (head.size() > LONGEST_HEAD) {
                throw new IOException("a request's head is longer than " + LONGEST_HEAD + " bytes");
            }
        }
        return head.toByteArray();
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("a request ended " + left + " bytes early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
