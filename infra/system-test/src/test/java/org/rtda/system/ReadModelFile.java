package org.rtda.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rows of a gateway's database in a file, for a test that no gateway disturbs. */
final class ReadModelFile implements AutoCloseable {
    /** Not projected from the topics, or about the process that projects. */
    private static final Set<String> OTHERS =
            Set.of("flyway_schema_history", "read_model", "idempotency_keys", "service_tokens");

    /** Numbers in the order in which topics were read side by side, which is chance. */
    private static final Set<String> BY_CHANCE = Set.of("change", "since");

    private final Connection connection;

    /** @param file as a gateway's URL names it */
    ReadModelFile(Path file) throws SQLException {
        connection = DriverManager.getConnection(url(file), "rtda", "");
    }

    static String url(Path file) {
        return "jdbc:h2:file:" + file;
    }

    private List<String> strings(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1).toLowerCase());
            }
            return all;
        }
    }

    private List<String> tables() throws SQLException {
        return strings("select table_name from information_schema.tables where table_schema = 'PUBLIC' order by 1")
                .stream()
                .filter(table -> !OTHERS.contains(table))
                .toList();
    }

    /** By table. */
    Map<String, Long> counts() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables()) {
            counts.put(
                    table,
                    Long.parseLong(strings("select count(*) from " + table).get(0)));
        }
        return counts;
    }

    /** The first rows that differ, in words; empty where both have the same tables with the same rows. */
    List<String> differencesFrom(ReadModelFile other) throws SQLException {
        List<String> differences = new ArrayList<>();
        if (!tables().equals(other.tables())) {
            differences.add("tables " + tables() + " and " + other.tables());
        }
        for (String table : tables()) {
            String columns = strings("select column_name from information_schema.columns where table_schema = 'PUBLIC'"
                            + " and table_name = '" + table.toUpperCase() + "' order by ordinal_position")
                    .stream()
                    .filter(column -> !BY_CHANCE.contains(column))
                    .collect(Collectors.joining(", "));
            // of one experiment the statuses stand in the order in which they came
            String order = table.equals("statuses") ? "experiment, change" : columns;
            String sql = "select " + columns + " from " + table + " order by " + order;
            difference(other, table, sql).forEach(differences::add);
        }
        return differences;
    }

    private List<String> difference(ReadModelFile other, String table, String sql) throws SQLException {
        try (Statement mine = connection.createStatement();
                Statement theirs = other.connection.createStatement();
                ResultSet here = mine.executeQuery(sql);
                ResultSet there = theirs.executeQuery(sql)) {
            for (long row = 1; ; row++) {
                String one = next(here);
                String another = next(there);
                if (one == null && another == null) {
                    return List.of();
                }
                if (one == null || !one.equals(another)) {
                    return List.of(table + ", row " + row + ": " + one + " and " + another);
                }
            }
        }
    }

    /** Null after the last. */
    private static String next(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            values.add(rows.getString(column));
        }
        return values.toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
