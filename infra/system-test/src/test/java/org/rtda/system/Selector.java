package org.rtda.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A series that a PromQL expression asks for.
 *
 * @param matchers such as {@code state="failed"}, by label; values with a Grafana variable ({@code $...}) match anything
 */
record Selector(String name, Map<String, Condition> matchers) {
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
    /** Comments are not in the rules; strings and ranges cannot be mistaken for names once they are tokens. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9][0-9a-zA-Z.]*|[=!]~|!=|\\S");

    /** Names of labels that Prometheus itself adds to what it scrapes. */
    static final Set<String> ADDED = Set.of("job", "instance");

    record Condition(String operator, String value) {
        boolean holds(String actual) {
            return switch (operator) {
                case "=" -> value.startsWith("$") || actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> value.startsWith("$") || actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalArgumentException("unknown operator " + operator);
            };
        }
    }

    boolean matches(Sample sample) {
        return sample.name().equals(name)
                && matchers.entrySet().stream()
                        .filter(matcher -> !ADDED.contains(matcher.getKey()))
                        .allMatch(matcher ->
                                matcher.getValue().holds(sample.labels().getOrDefault(matcher.getKey(), "")));
    }

    /** A line of what a service exposes. */
    record Sample(String name, Map<String, String> labels) {
        private static final Pattern LABEL = Pattern.compile("([a-zA-Z0-9_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

        static List<Sample> of(String exposition) {
            List<Sample> samples = new ArrayList<>();
            for (String line : exposition.lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                Map<String, String> labels = new HashMap<>();
                Matcher found = LABEL.matcher(line);
                while (found.find()) {
                    labels.put(found.group(1), found.group(2));
                }
                samples.add(new Sample(line.split("[{ ]", 2)[0], labels));
            }
            return samples;
        }
    }

    static List<Selector> in(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        List<Selector> selectors = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (!Character.isLetter(token.charAt(0)) || OPERATORS.contains(token)) {
                continue;
            }
            if (LABEL_LISTS.contains(token)) {
                i = indexOf(tokens, ")", i);
            } else if (next.equals("{")) {
                int end = indexOf(tokens, "}", i);
                selectors.add(new Selector(token, matchers(tokens.subList(i + 2, end))));
                i = end;
            } else if (!next.equals("(") && !LABEL_LISTS.contains(next)) {
                selectors.add(new Selector(token, Map.of()));
            }
        }
        return selectors;
    }

    private static int indexOf(List<String> tokens, String wanted, int from) {
        int offset = tokens.subList(from, tokens.size()).indexOf(wanted);
        if (offset < 0) {
            throw new IllegalArgumentException("no " + wanted + " after " + tokens.get(from));
        }
        return from + offset;
    }

    private static Map<String, Condition> matchers(List<String> tokens) {
        Map<String, Condition> matchers = new HashMap<>();
        for (int i = 0; i + 2 < tokens.size(); i += 4) {
            String quoted = tokens.get(i + 2);
            matchers.put(tokens.get(i), new Condition(tokens.get(i + 1), quoted.substring(1, quoted.length() - 1)));
        }
        return matchers;
    }
}
