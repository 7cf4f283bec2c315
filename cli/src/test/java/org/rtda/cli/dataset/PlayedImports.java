package org.rtda.cli.dataset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzSource;

/** A gateway that imports what it is sent with the real importer, into a store in memory. */
public final class PlayedImports implements AutoCloseable {
    private static final Pattern PART = Pattern.compile("name=\"([^\"]+)\"(?:; filename=\"([^\"]*)\")?");

    public final InMemoryArtifactStore store = new InMemoryArtifactStore();
    /** All that was sent, as text. */
    public final List<String> bodies = new ArrayList<>();

    private final HttpServer server;
    private final Path folder;

    public PlayedImports(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/api/v1/datasets", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public DatasetManifest manifest(String name) {
        return new DatasetReader(store, 0)
                .manifest(new Datasets(store).find(name).orElseThrow());
    }

    /** What experiments pin. */
    public String id(String name) {
        return new Datasets(store).find(name).orElseThrow().manifest().sha256();
    }

    public PreparedImages images(String name) {
        return EventCodec.read(store.get(manifest(name).images()), PreparedImages.class);
    }

    public LabelledImages split(String name, String split) {
        return new DatasetReader(store, 0)
                .readAll(new Datasets(store).find(name).orElseThrow(), split);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] answer;
        int status = 201;
        try {
            answer = EventCodec.write(imported(exchange));
        } catch (RuntimeException e) {
            status = 400;
            answer = EventCodec.write(Map.of("title", "Bad Request", "detail", String.valueOf(e.getMessage())));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private DatasetManifest imported(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        bodies.add(text);
        String boundary = "--" + type.substring(type.indexOf("boundary=") + 9);
        Map<String, List<String>> fields = new TreeMap<>();
        Map<String, NpzSource> files = new TreeMap<>();
        PreparedImages prepared = null;
        for (String part : text.split(Pattern.quote(boundary))) {
            int head = part.indexOf("\r\n\r\n");
            Matcher found = PART.matcher(part);
            if (head < 0 || !found.find()) {
                continue;
            }
            String content = part.substring(head + 4, part.length() - 2);
            if (found.group(2) == null) {
                fields.computeIfAbsent(found.group(1), absent -> new ArrayList<>())
                        .add(new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            } else if (found.group(1).equals("prepared")) {
                prepared = EventCodec.read(content.getBytes(StandardCharsets.ISO_8859_1), PreparedImages.class);
            } else {
                Path upload = Files.createTempFile(folder, "upload", "");
                Files.write(upload, content.getBytes(StandardCharsets.ISO_8859_1));
                files.put(found.group(1), new NpzSource(upload, found.group(2)));
            }
        }
        NpzSource main = files.remove("file");
        Map<String, NpzSource> shifts = new TreeMap<>();
        files.forEach((part, source) -> shifts.put(SplitNames.shiftLabel(part).orElseThrow(), source));
        DatasetDescription description = DatasetDescription.of(
                        first(fields, "provenance", ""), first(fields, "licence", ""))
                .withClasses(
                        fields.containsKey("classes")
                                ? Arrays.asList(first(fields, "classes", "").split(","))
                                : fields.getOrDefault("class", List.of()))
                .withModality(first(fields, "modality", null))
                .withHealthyClass(first(fields, "healthy", null))
                .withPrepared(prepared);
        return new DatasetImporter(store)
                .importFrom(
                        first(fields, "name", null),
                        new NpzDataset(main, shifts, "true".equals(first(fields, "scale", null))),
                        description);
    }

    private static String first(Map<String, List<String>> fields, String name, String otherwise) {
        return fields.containsKey(name) ? fields.get(name).get(0) : otherwise;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
