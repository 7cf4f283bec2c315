package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Contrast after WCAG 2.2: 4.5 for text, 3 for lines and marks. */
class PageContrastTest {
    private static final Pattern ROOT = Pattern.compile(":root \\{([^}]*)}");
    private static final Pattern VARIABLE = Pattern.compile("--(\\w[\\w-]*): (#[0-9a-f]{3,6})");
    private static final Pattern HARM =
            Pattern.compile("\\.d\\d \\{ background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6}); }");

    private static String style() throws IOException {
        return new String(ReportPage.class.getResourceAsStream("report.css").readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int part(String colour, int index) {
        String digits = colour.length() == 4 ? colour.substring(1).replaceAll("(.)", "$1$1") : colour.substring(1);
        return Integer.parseInt(digits.substring(2 * index, 2 * index + 2), 16);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double share = part(colour, i) / 255.0;
            sum += weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static String mixed(String one, double share, String other) {
        StringBuilder mixed = new StringBuilder("#");
        for (int i = 0; i < 3; i++) {
            mixed.append(String.format("%02x", Math.round(share * part(one, i) + (1 - share) * part(other, i))));
        }
        return mixed.toString();
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    @Test
    void blackOnWhiteIsTwentyOne() {
        assertThat(contrast("#000", "#ffffff")).isEqualTo(21);
    }

    @Test
    void textAndMarksCanBeReadOnEveryGround() throws IOException {
        List<MatchResult> grounds = ROOT.matcher(style()).results().toList();

        // light, dark and paper
        assertThat(grounds).hasSize(3);
        for (MatchResult ground : grounds) {
            Map<String, String> colours = new HashMap<>();
            VARIABLE.matcher(ground.group(1)).results().forEach(found -> colours.put(found.group(1), found.group(2)));
            for (String text : List.of("ink", "soft", "flag", "s0")) {
                assertThat(contrast(colours.get(text), colours.get("paper")))
                        .as(text)
                        .isGreaterThan(4.5);
            }
            assertThat(contrast(colours.get("warn"), colours.get("warn-paper"))).isGreaterThan(4.5);
            for (int series = 0; series < 7; series++) {
                assertThat(contrast(colours.get("s" + series), colours.get("paper")))
                        .as("s" + series)
                        .isGreaterThan(3);
            }
        }
    }

    /** The darkest share is 48% of the colour of the first series on the ground. */
    @Test
    void figuresCanBeReadOnTheDarkestShare() throws IOException {
        assertThat(style()).contains(".h9 { --h: 48%; }");
        for (MatchResult ground : ROOT.matcher(style()).results().toList()) {
            Map<String, String> colours = new HashMap<>();
            VARIABLE.matcher(ground.group(1)).results().forEach(found -> colours.put(found.group(1), found.group(2)));

            assertThat(contrast(colours.get("ink"), mixed(colours.get("s0"), 0.48, colours.get("paper"))))
                    .isGreaterThan(4.5);
        }
    }

    @Test
    void figuresCanBeReadOnEveryColourOfHarm() throws IOException {
        List<MatchResult> colours = HARM.matcher(style()).results().toList();

        assertThat(colours).hasSize(HarmScale.STEPS + 1).allSatisfy(colour -> assertThat(
                        contrast(colour.group(1), colour.group(2)))
                .as(colour.group())
                .isGreaterThan(4.5));
    }
}
