package org.rtda.cli.benchmark.page;

import java.util.List;
import org.rtda.contracts.variant.CorruptionKind;

/** What a reader of a comparison must know about its tables, for every format of its page. */
final class ReadingNotes {
    private static final String MEANS = """
            A cell is the mean over seeds with Student's 95%% interval over seeds, and the number of seeds%s. The
            interval speaks of training randomness alone and is not cut to [0, 1]. With one seed, or where
            all seeds have the same figure, it is the runs' interval over test images instead. With one run of each method a
            difference is called one "in one run each": it speaks of these two models, not of the methods.""";

    private static final String HEADLINE = """
            Balanced accuracy is the headline. A constant answer, the last row of a table, names the commonest class for every
            image: it scores 1/classes there, and the share of that class in plain accuracy.""";

    private static final String HELD_OUT = "Held-out corruptions leave out " + CorruptionKind.sharedWithAugMix()
            + ", which AugMix applies in training too.";

    private static final String WITHOUT_ATTACKS =
            "A method that trains without attacks is trained once a seed and stands in the table of every strength.";

    private ReadingNotes() {}

    /** Sentences of {@code report.html}. */
    static List<String> forHtml() {
        return List.of(
                typeset(MEANS.formatted("")),
                typeset(HEADLINE),
                "Threat model: white box and untargeted unless a column names a goal; primary L2 on the image in [0,1] at its own"
                        + " channel count, secondary Linf; normalisation is a layer; float32 end to end. A column names attack, steps"
                        + " and epsilon. Every method had the same epochs, batches, optimiser and evaluation.",
                HELD_OUT,
                WITHOUT_ATTACKS,
                "A difference is called one where the corrected p of the paired tests is under 0.05 and the interval of the accuracy’s"
                        + " difference leaves out 0: over seeds, or of one run each over test images.");
    }

    /** A list for {@code results.md}. */
    static String inMarkdown() {
        List<String> notes = List.of(
                MEANS.formatted(" in brackets"),
                HEADLINE,
                """
                Threat model: white box, untargeted; the column names attack, steps and epsilon in unit pixels. This is not
                AutoAttack. Every method had the same epochs, batches, optimiser and evaluation.""",
                HELD_OUT,
                WITHOUT_ATTACKS,
                "† marks a method with a run that fails a gate; the gates are listed under the tables.");
        return String.join(
                "\n",
                notes.stream().map(note -> "- " + note.replace("\n", "\n  ")).toList());
    }

    /** One line, with apostrophes and quotation marks as they are printed. */
    private static String typeset(String note) {
        return note.replace('\n', ' ').replace('\'', '’').replaceAll("\"([^\"]*)\"", "“$1”");
    }
}
