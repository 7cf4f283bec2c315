package org.rtda.cli.rest;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A form with files (multipart/form-data, RFC 7578); files are read while they are sent. */
final class Multipart {
    private final String boundary = "rtda-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    Multipart field(String name, String value) {
        parts.add(BodyPublishers.ofString(header(name, "") + "\r\n\r\n" + value + "\r\n"));
        return this;
    }

    /** @throws FileNotFoundException when there is no such file */
    Multipart file(String name, Path file) throws FileNotFoundException {
        String fileName = quoted(file.getFileName().toString());
        parts.add(BodyPublishers.ofString(header(name, "; filename=\"" + fileName + "\"")
                + "\r\nContent-Type: application/octet-stream\r\n\r\n"));
        parts.add(BodyPublishers.ofFile(file));
        parts.add(BodyPublishers.ofString("\r\n"));
        return this;
    }

    /** A file whose content is here. */
    Multipart file(String name, String fileName, byte[] content) {
        parts.add(BodyPublishers.ofString(header(name, "; filename=\"" + quoted(fileName) + "\"")
                + "\r\nContent-Type: application/octet-stream\r\n\r\n"));
        parts.add(BodyPublishers.ofByteArray(content));
        parts.add(BodyPublishers.ofString("\r\n"));
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher body() {
        List<BodyPublisher> all = new ArrayList<>(parts);
        all.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }

    private String header(String name, String more) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"" + more;
    }

    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
