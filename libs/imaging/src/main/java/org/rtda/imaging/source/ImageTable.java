package org.rtda.imaging.source;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.rtda.imaging.split.Split;

/**
 * A table of images: a header, then a line an image. Columns {@code file} and {@code label}; optional {@code patient}, {@code split},
 * {@code site}, {@code scanner}, {@code sex}, {@code age}, {@code laterality}, {@code view}; others are left alone. Separated by
 * commas, semicolons or tabs, whichever the header has most of; quotes as in RFC 4180.
 *
 * <p>A file is named by its path below the folder or archive, or by its name alone where only one file has it.
 */
final class ImageTable {
    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int LONGEST_CELL = 4096;
    /** How programs write a cell without a value (pandas, R, spreadsheets). */
    private static final Set<String> NO_VALUE = Set.of("nan", "na", "n/a", "#n/a", "<na>", "null");

    /** The first line of tables that spreadsheet programs write for each other. */
    private static final Pattern SAID_SEPARATOR = Pattern.compile("(sep=[,;\\t])\\R");

    private final String name;
    private final FileTree files;
    private final TableOptions options;
    private final OptionNames names;
    private final String elsewhere;
    private final Set<String> paths;
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<String>> byPath = new HashMap<>();
    private final List<ImageEntry> entries = new ArrayList<>();
    private final List<RefusedFile> refused = new ArrayList<>();
    private final Map<String, Long> linesOfFiles = new HashMap<>();
    private Map<String, Integer> columns = Map.of();
    private int width;

    private ImageTable(String name, FileTree files, boolean isRootFree, SourceOptions options) {
        this.name = name;
        this.files = files;
        this.options = options.table();
        this.names = options.names();
        this.elsewhere = isRootFree ? "; " + names.of("root") + " names another folder" : "";
        this.paths = new HashSet<>(files.paths());
        for (String path : files.paths()) {
            byName.computeIfAbsent(composed(nameIn(path)), absent -> new ArrayList<>())
                    .add(path);
            byPath.computeIfAbsent(composed(path), absent -> new ArrayList<>()).add(path);
        }
    }

    /**
     * @param name of the table, for messages
     * @param content of its file
     * @param files that it speaks of
     * @param isRootFree whether they may lie in a folder that whoever imports chooses; they may not where table and files are in one
     *     archive
     * @throws InvalidSourceException when it is no such table
     */
    static ImageCollection read(
            String name, byte[] content, FileTree files, boolean isRootFree, SourceOptions options) {
        Charset charset = options.table().charset();
        TableText text = TableText.of(name, content, charset);
        ImageTable table = new ImageTable(name, files, isRootFree, options);
        table.read(text.text());
        List<String> notes = new ArrayList<>();
        if (text.charset().equals(TableText.WINDOWS_1252) && charset == null) {
            notes.add(name + " is no UTF-8 and was read as windows-1252; "
                    + options.names().of("encoding") + " names another encoding");
        }
        if (table.entries.isEmpty() && table.refused.isEmpty()) {
            throw new InvalidSourceException(name + " has a header and no line of an image below it");
        }
        return new ImageCollection("table", true, files, table.entries, table.refused, notes);
    }

    private void read(String given) {
        Matcher said = SAID_SEPARATOR.matcher(given);
        boolean isSaid = said.lookingAt();
        // the line stays, empty, so that lines keep their numbers
        String text = isSaid ? given.substring(said.end(1)) : given;
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(isSaid ? said.group(1).charAt(4) : separator(text))
                .setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(true)
                .get();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new InvalidSourceException(name + " is empty; it must begin with a line of column names");
            }
            columns = columns(records.next());
            line = parser.getCurrentLineNumber() + 1;
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (!isBlank(record)) {
                    readLine(record, line);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new InvalidSourceException(
                    name + " cannot be read from line " + line + " on; is there a quote that is not closed?", e);
        }
    }

    private static char separator(String text) {
        int[] counts = new int[SEPARATORS.length];
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                break;
            }
            for (int k = 0; k < SEPARATORS.length && !quoted; k++) {
                counts[k] += c == SEPARATORS[k] ? 1 : 0;
            }
        }
        int most = 0;
        for (int k = 1; k < SEPARATORS.length; k++) {
            most = counts[k] > counts[most] ? k : most;
        }
        return SEPARATORS[most];
    }

    private Map<String, Integer> columns(CSVRecord header) {
        Map<String, Integer> places = new TreeMap<>();
        Set<String> twice = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (!column.isEmpty()) {
                width = i + 1;
                if (places.putIfAbsent(column, i) != null) {
                    twice.add(column);
                }
            }
        }
        Map<String, Integer> byRole = new HashMap<>();
        for (String role : TableOptions.ROLES) {
            String column = options.column(role);
            if (twice.contains(column)) {
                throw new InvalidSourceException(name + " has two columns named " + column + "; rename one of them");
            }
            Integer place = places.get(column);
            if (place != null) {
                byRole.put(role, place);
            } else if (options.isNamed(role) || role.equals("file") || role.equals("label")) {
                throw new InvalidSourceException(name + " must have a column " + column + " (for " + role + "), has "
                        + shown(places.keySet().toString())
                        + "; " + names.of("label-column") + " names that of the labels, " + names.of("column")
                        + " ROLE=NAME any other");
            }
        }
        return byRole;
    }

    private void readLine(CSVRecord record, long line) {
        try {
            requireCells(record);
            String file = required(record, "file");
            String label = required(record, "label");
            String splitName = cell(record, "split");
            Split split = splitName == null
                    ? null
                    : Split.named(splitName)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "split must be train, val or test, was '" + shown(splitName) + "'"));
            ImageAttributes attributes = ImageAttributes.of(
                    cell(record, "site"),
                    cell(record, "scanner"),
                    cell(record, "sex"),
                    cell(record, "age"),
                    cell(record, "laterality"),
                    cell(record, "view"));
            String path = path(file);
            Long before = linesOfFiles.putIfAbsent(path, line);
            if (before != null) {
                throw new IllegalArgumentException(
                        "names the file of line " + before + " again: " + shown(path) + "; one image has one line");
            }
            entries.add(new ImageEntry(path, label, split, cell(record, "patient"), attributes));
        } catch (IllegalArgumentException e) {
            refused.add(new RefusedFile(name + ", line " + line, e.getMessage()));
        }
    }

    /**
     * A separator inside a cell moves what follows into other columns, and another word becomes the label. A line may be shorter:
     * spreadsheet programs leave out empty cells at its end.
     */
    private void requireCells(CSVRecord record) {
        int cells = record.size();
        while (cells > width && record.get(cells - 1).isBlank()) {
            cells--;
        }
        if (cells > width) {
            throw new IllegalArgumentException("has " + cells + " cells, the first line has " + width
                    + "; a cell that holds a separator must be in quotes");
        }
    }

    /** As spreadsheet programs write the rows below a table. */
    private static boolean isBlank(CSVRecord record) {
        return record.stream().allMatch(String::isBlank);
    }

    private String required(CSVRecord record, String role) {
        String value = cell(record, role);
        if (value == null) {
            String said = text(record, role);
            throw new IllegalArgumentException("has no " + role
                    + (said.isEmpty() ? "" : ": " + said + " is how programs write that there is none"));
        }
        return value;
    }

    /** Null where it says nothing. */
    private String cell(CSVRecord record, String role) {
        String value = text(record, role);
        if (value.length() > LONGEST_CELL) {
            throw new IllegalArgumentException(role + " has " + value.length() + " characters, at most " + LONGEST_CELL
                    + " are taken; is there a quote that is not closed?");
        }
        return saysNothing(role, value) ? null : value;
    }

    private String text(CSVRecord record, String role) {
        Integer place = columns.get(role);
        return place == null || place >= record.size() ? "" : record.get(place).strip();
    }

    /** Every image without a patient would be of one patient, and those without a label a class. A class may well be called None. */
    private static boolean saysNothing(String role, String value) {
        boolean mayBeMissing = role.equals("label") || role.equals("patient");
        return value.isEmpty() || mayBeMissing && NO_VALUE.contains(value.toLowerCase(Locale.ROOT));
    }

    private String path(String file) {
        String path = file.replace('\\', '/');
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (paths.contains(path)) {
            return path;
        }
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*") || ("/" + path + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "file " + shown(file) + " must be a path below " + files.name() + elsewhere);
        }
        List<String> sameName = (path.contains("/") ? byPath : byName).getOrDefault(composed(path), List.of());
        if (sameName.size() > 1) {
            throw new IllegalArgumentException(
                    "file " + shown(file) + " is there " + sameName.size() + " times, for example "
                            + shown(sameName.get(0)) + " and " + shown(sameName.get(1)) + "; give its path");
        }
        if (sameName.isEmpty()) {
            throw new IllegalArgumentException("file " + shown(file) + " is not there, below " + files.name());
        }
        return sameName.get(0);
    }

    /** Some systems write an accent as a part of its letter, others after it. */
    private static String composed(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }

    private static String nameIn(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }
}
