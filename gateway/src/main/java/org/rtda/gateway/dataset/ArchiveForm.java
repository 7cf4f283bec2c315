package org.rtda.gateway.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.source.OptionNames;
import org.rtda.imaging.source.SourceOptions;
import org.rtda.preparation.ImageSettings;
import org.rtda.preparation.Rules;
import org.rtda.preparation.SettingReader;

/**
 * What a form says of an archive of images. Its fields are called like the options of {@code rtda import}.
 *
 * @param dryRun whether all is done but the import
 */
public record ArchiveForm(ImageSettings settings, Rules rules, boolean dryRun) {
    private static final OptionNames FIELD = option -> "the field " + option;

    /**
     * @param fields values by name, without blank ones; a field may be given several times
     * @param classes their names by label; empty where nobody says
     * @throws InvalidFieldException when a value is not allowed
     * @throws org.rtda.imaging.source.InvalidSourceException when one is no division or no pattern
     */
    public static ArchiveForm of(Map<String, List<String>> fields, List<String> classes, ArchiveLimits limits) {
        SettingReader reader = new SettingReader(option -> option);
        Values values = new Values(fields);
        String window = values.text("window", null);
        SourceOptions source = SourceOptions.DEFAULT
                .withTable(reader.table(
                        values.pairs("column", "ROLE=NAME"),
                        values.text("label-column", null),
                        values.text("encoding", null)))
                .withPatients(reader.patients(values.text("patient-pattern", null)))
                .withLimits(limits.source())
                .withNames(FIELD);
        ImageSettings settings = new ImageSettings(
                new ImageSettings.Reading(
                        source,
                        reader.reading(
                                ReadOptions.defaults().withLimits(limits.image()),
                                window,
                                values.number("frame", null)),
                        window),
                reader.preparation(
                        values.number("side", SettingReader.SIDE),
                        values.number("channels", SettingReader.CHANNELS),
                        values.text("fit", SettingReader.FIT)),
                new ImageSettings.Labels(values.pairs("map", "LABEL=CLASS"), classes),
                new ImageSettings.Division(reader.shares(values.numbers("split")), values.seed()),
                false);
        return new ArchiveForm(
                settings,
                new Rules(
                        values.isTrue("strict"),
                        values.isTrue("allow-shared-patients"),
                        values.isTrue("allow-duplicates")),
                values.isTrue("dry-run"));
    }

    /** The fields' values, each as its kind. */
    private record Values(Map<String, List<String>> fields) {
        String text(String name, String otherwise) {
            List<String> given = fields.getOrDefault(name, List.of());
            if (given.size() > 1) {
                throw new InvalidFieldException(name, given, "given once");
            }
            return given.isEmpty() ? otherwise : given.get(0);
        }

        Integer number(String name, Integer otherwise) {
            String given = text(name, null);
            try {
                return given == null ? otherwise : Integer.valueOf(given);
            } catch (NumberFormatException e) {
                throw new InvalidFieldException(name, given, "a whole number");
            }
        }

        long seed() {
            String given = text("seed", null);
            try {
                return given == null ? SettingReader.SEED : Long.parseLong(given);
            } catch (NumberFormatException e) {
                throw new InvalidFieldException("seed", given, "a whole number");
            }
        }

        /** Null where there are none. */
        List<Integer> numbers(String name) {
            String given = text(name, null);
            if (given == null) {
                return null;
            }
            List<Integer> numbers = new ArrayList<>();
            try {
                for (String each : given.split(",")) {
                    numbers.add(Integer.valueOf(each.strip()));
                }
            } catch (NumberFormatException e) {
                throw new InvalidFieldException(name, given, "whole numbers, separated by commas");
            }
            return numbers;
        }

        /** From a field a pair, the last of which may be empty. */
        Map<String, String> pairs(String name, String form) {
            Map<String, String> pairs = new LinkedHashMap<>();
            for (String given : fields.getOrDefault(name, List.of())) {
                int equals = given.indexOf('=');
                if (equals < 1) {
                    throw new InvalidFieldException(name, given, form);
                }
                if (pairs.put(
                                given.substring(0, equals).strip(),
                                given.substring(equals + 1).strip())
                        != null) {
                    throw new InvalidFieldException(
                            name, given, "given once for each " + form.substring(0, form.indexOf('=')));
                }
            }
            return pairs;
        }

        boolean isTrue(String name) {
            String given = text(name, "false");
            if (!given.equals("true") && !given.equals("false")) {
                throw new InvalidFieldException(name, given, "true or false");
            }
            return given.equals("true");
        }
    }
}
