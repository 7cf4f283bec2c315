package org.rtda.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Takes spans over OTLP (HTTP, protobuf) and keeps what tests look at. */
final class TraceReceiver implements AutoCloseable {
    private record Span(String trace, String service, String name) {}

    private final HttpServer server;
    private final List<Span> spans = new ArrayList<>();

    private TraceReceiver(HttpServer server) {
        this.server = server;
    }

    static TraceReceiver start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            TraceReceiver receiver = new TraceReceiver(server);
            server.createContext("/v1/traces", receiver::take);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " (trace.port) must be free", e);
        }
    }

    /** The spans ("service: name") of each trace that has a span of the given name. */
    synchronized List<List<String>> traces(String name) {
        return spans.stream().collect(Collectors.groupingBy(Span::trace)).values().stream()
                .filter(trace -> trace.stream().anyMatch(span -> span.name().equals(name)))
                .map(trace -> trace.stream()
                        .map(span -> span.service() + ": " + span.name())
                        .toList())
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            read(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** ExportTraceServiceRequest, of opentelemetry/proto/collector/trace/v1. */
    private synchronized void read(byte[] request) {
        for (byte[] resourceSpans : Field.of(request, 1)) {
            String service = serviceOf(Field.of(resourceSpans, 1).get(0));
            for (byte[] scopeSpans : Field.of(resourceSpans, 2)) {
                for (byte[] span : Field.of(scopeSpans, 2)) {
                    spans.add(new Span(
                            HexFormat.of().formatHex(Field.of(span, 1).get(0)),
                            service,
                            text(Field.of(span, 5).get(0))));
                }
            }
        }
    }

    private static String serviceOf(byte[] resource) {
        return Field.of(resource, 1).stream()
                .filter(attribute -> text(Field.of(attribute, 1).get(0)).equals("service.name"))
                .map(attribute ->
                        text(Field.of(Field.of(attribute, 2).get(0), 1).get(0)))
                .findFirst()
                .orElse("");
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** As much of protobuf's wire format as that takes: the length-delimited fields of a message. */
    private static final class Field {
        private final byte[] message;
        private int position;

        private Field(byte[] message) {
            this.message = message;
        }

        static List<byte[]> of(byte[] message, int wanted) {
            Field reader = new Field(message);
            List<byte[]> found = new ArrayList<>();
            while (reader.position < message.length) {
                long tag = reader.varint();
                switch ((int) (tag & 7)) {
                    case 0 -> reader.varint();
                    case 1 -> reader.position += 8;
                    case 2 -> {
                        int length = (int) reader.varint();
                        if (tag >>> 3 == wanted) {
                            found.add(Arrays.copyOfRange(message, reader.position, reader.position + length));
                        }
                        reader.position += length;
                    }
                    case 5 -> reader.position += 4;
                    default -> throw new IllegalArgumentException("wire type " + (tag & 7));
                }
            }
            return found;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = message[position++];
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
