package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.JudgedGate;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.ReportBlock;

/** What a reader who reads one page must know, in sentences. Its figures are those of the table below it. */
final class Verdict {
    private final ReportSource source;
    private final Findings findings;
    private final FrontRows rows;

    Verdict(ReportSource source, Findings findings, FrontRows rows) {
        this.source = source;
        this.findings = findings;
        this.rows = rows;
    }

    List<ReportBlock.Fact> sentences() {
        List<ReportBlock.Fact> facts = new ArrayList<>();
        facts.add(new ReportBlock.Fact("What was trained", trained()));
        facts.add(new ReportBlock.Fact("How accurate", accurate()));
        facts.add(new ReportBlock.Fact("How robust", robust()));
        facts.add(new ReportBlock.Fact("Where it fails", fails()));
        facts.add(new ReportBlock.Fact("Can it be believed", believed()));
        facts.add(new ReportBlock.Fact("What it costs", TrainingSection.cost(source)));
        facts.add(new ReportBlock.Fact("Not measured", notMeasured()));
        return List.copyOf(facts);
    }

    private String trained() {
        ExperimentSpec spec = source.spec();
        return "Network " + spec.network() + " by method " + spec.method() + " on " + spec.dataset()
                + source.manifest().map(Verdict::inWords).orElse("") + ", " + spec.epochs() + " epochs, seed "
                + spec.seed() + ".";
    }

    private static String inWords(DatasetManifest data) {
        DatasetManifest.Split train = data.splits().get(SplitNames.TRAIN);
        return " (" + (data.modality() == null ? "" : data.modality() + ", ")
                + data.channels() + " x " + data.height() + " x " + data.width() + " pixels"
                + (train == null ? "" : ", " + train.count() + " training images") + ", classes "
                + String.join(", ", data.classes()) + ")";
    }

    private String accurate() {
        return rows.worst(FrontRow.Kind.CLEAN)
                .map(row -> "Balanced accuracy on clean test images is " + row.figureInWords() + constant(row) + ".")
                .orElse("Not measured.");
    }

    private static String constant(FrontRow row) {
        Double constant = row.headline().figure().constant();
        if (constant == null) {
            return "";
        }
        String score = String.format(Locale.ROOT, "%.3f", constant);
        return row.showsNoSkill()
                ? "; that is not shown to be better than an answer that is always the same, which scores " + score
                : "; an answer that is always the same scores " + score;
    }

    private String robust() {
        List<String> sentences = new ArrayList<>();
        rows.worst(FrontRow.Kind.ATTACKED).ifPresent(row -> findings.trainingAttack(source)
                .ifPresent(m -> sentences.add("An attacker who knows the weights and wants any wrong class ("
                        + inWords(m.condition().attack()) + ", the radius of training) leaves "
                        + row.figureInWords() + constant(row) + ".")));
        // the first is at the radius of training, where that is measured
        rows.of(FrontRow.Kind.WORST_CASE).stream()
                .filter(FrontRow::isMeasured)
                .findFirst()
                .ifPresent(row ->
                        sentences.add("The " + row.images() + ", leaves " + row.figureInWords() + noSkill(row) + "."));
        return sentences.isEmpty() ? "No attack is measured." : String.join(" ", sentences);
    }

    private static String inWords(AttackSettings attack) {
        return AttackDescription.series(attack) + ", " + AttackDescription.norm(attack.norm()) + " "
                + AttackDescription.number(attack.epsilon());
    }

    private static String noSkill(FrontRow row) {
        return row.showsNoSkill() ? ", not shown to be better than an answer that is always the same" : "";
    }

    private String fails() {
        List<String> sentences = new ArrayList<>();
        for (FrontRow.Kind kind :
                List.of(FrontRow.Kind.WORST_CORRUPTION, FrontRow.Kind.SHIFT, FrontRow.Kind.SUBGROUP)) {
            rows.worst(kind)
                    .ifPresent(row ->
                            sentences.add(capital(row.images()) + ": " + row.figureInWords() + noSkill(row) + "."));
        }
        return sentences.isEmpty()
                ? "No corruption, shift or subgroup is measured."
                : "Balanced accuracy is lowest here. " + String.join(" ", sentences);
    }

    String believed() {
        if (findings.gates().isEmpty()) {
            return "Not judged: whether the attacks were strong enough is not shown. A full evaluation judges its gates.";
        }
        List<JudgedGate> failed = of(Outcome.FAILED);
        String judged = of(Outcome.PASSED).size() + " of " + findings.gates().size() + " gates pass, "
                + of(Outcome.NOT_JUDGED).size() + " were not judged.";
        return failed.isEmpty()
                ? "No gate fails: " + judged
                : "Not all of it: " + judged + " "
                        + failed.stream().map(Verdict::failure).collect(Collectors.joining(" "));
    }

    private List<JudgedGate> of(Outcome outcome) {
        return findings.gates().stream()
                .filter(gate -> gate.outcome() == outcome)
                .toList();
    }

    private static String failure(JudgedGate gate) {
        String finding = gate.finding() == null ? "" : gate.finding();
        return "⚑" + gate.flag().id() + " " + gate.flag().name() + " fails"
                + (finding.isBlank() ? "." : ": " + finding + (finding.endsWith(".") ? "" : "."));
    }

    private String notMeasured() {
        List<String> sentences = new ArrayList<>();
        List<String> absent = LimitsSection.absent(findings);
        if (!absent.isEmpty()) {
            sentences.add(capital(String.join(", ", absent)) + ".");
        }
        int cancelled = findings.cancelled();
        withoutFigure(findings.failed().size() - cancelled, "failed").ifPresent(sentences::add);
        withoutFigure(cancelled, cancelled == 1 ? "was cancelled" : "were cancelled")
                .ifPresent(sentences::add);
        sentences.add("Other seeds: the intervals are over images of one run.");
        return String.join(" ", sentences);
    }

    private static Optional<String> withoutFigure(int conditions, String what) {
        return switch (conditions) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("One condition " + what + " and has no figure.");
            default -> Optional.of(conditions + " conditions " + what + " and have no figure.");
        };
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
