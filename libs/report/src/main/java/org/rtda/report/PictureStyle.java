package org.rtda.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page's rules for charts with every variable written out, in the colours of a light screen: programs that draw SVG files
 * (librsvg, Inkscape) know classes, but no variables.
 */
final class PictureStyle {
    private static final Pattern VARIABLE = Pattern.compile("--(\\w[\\w-]*): ([^;]+);");
    private static final Pattern RULE = Pattern.compile("(\\.chart [^{}]+?) \\{([^{}]+)}");
    private static final Pattern COLOUR = Pattern.compile("s\\d");

    private PictureStyle() {}

    /** @param page the page's style sheet; variables are those of its first {@code :root} */
    static String of(String page) {
        Map<String, String> variables = new LinkedHashMap<>();
        VARIABLE.matcher(page.substring(0, page.indexOf('}')))
                .results()
                .forEach(found -> variables.put(found.group(1), found.group(2)));
        return RULE.matcher(page)
                .results()
                .filter(rule -> !rule.group(2).contains("--c:"))
                .map(rule -> written(rule, variables))
                .collect(Collectors.joining());
    }

    /** A rule that takes the colour of its series becomes one for each series. */
    private static String written(MatchResult rule, Map<String, String> variables) {
        if (!rule.group(2).contains("var(--c)")) {
            return rule.group(1) + " {" + resolved(rule.group(2), variables) + "}\n";
        }
        return variables.keySet().stream()
                .filter(name -> COLOUR.matcher(name).matches())
                .map(name -> rule.group(1) + "." + name + " {"
                        + resolved(rule.group(2).replace("var(--c)", "var(--" + name + ")"), variables) + "}\n")
                .collect(Collectors.joining());
    }

    private static String resolved(String declarations, Map<String, String> variables) {
        String resolved = declarations;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            resolved = resolved.replace("var(--" + variable.getKey() + ")", variable.getValue());
        }
        return resolved;
    }
}
