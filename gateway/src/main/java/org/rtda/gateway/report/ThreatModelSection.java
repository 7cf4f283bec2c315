package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The section on the threat model: who the attacker is, what the attacker knows and may change. */
final class ThreatModelSection implements ReportSection {
    private static final int[] SIDES = {28, 64, 128, 224};

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        TreeSet<String> goals = new TreeSet<>();
        findings.ofKind(Condition.Kind.ATTACK).stream()
                .map(m -> m.condition().goal())
                .filter(goal -> goal != null)
                .forEach(goals::add);
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(ReportBlock.points(List.of(
                "White box: the attacker knows the weights and the preprocessing. Normalisation is a layer of the model, so images"
                        + " are attacked and judged in pixel space.",
                "Untargeted: any wrong class counts"
                        + (goals.isEmpty() ? "." : ", except where a goal is named: " + String.join(", ", goals) + "."),
                "Primary norm L2, secondary Linf, of the change to the image in [0,1] at its own channel count.",
                "Float32 from end to end: adversarial images are never rounded to 8 bits.",
                "The exported ONNX model is judged, on another engine than the one that trains and attacks.")));
        List<ReportBlock.Fact> facts = new ArrayList<>();
        facts.add(new ReportBlock.Fact(
                "Reference strength",
                "L2 1.0 on 3 x 32 x 32, at the same root mean square for one channel: "
                        + IntStream.of(SIDES)
                                .mapToObj(side -> side + " x " + side + ": " + reference(1, side, side))
                                .collect(Collectors.joining(", "))));
        source.manifest().ifPresent(data -> facts.add(new ReportBlock.Fact("Reference strength here", here(data))));
        AttackSettings trained = source.trainingAttack();
        facts.add(new ReportBlock.Fact(
                "Attack in training",
                AttackDescription.described(trained) + ", " + AttackDescription.norm(trained.norm()) + " radius "
                        + (trained.epsilon() == null ? "not known" : AttackDescription.number(trained.epsilon()))
                        + "; used by the methods whose loss has an adversarial view"));
        blocks.add(ReportBlock.facts(facts));
        return new Report.Section("threat-model", "Threat model", blocks);
    }

    private static String here(DatasetManifest data) {
        return data.channels() + " x " + data.height() + " x " + data.width() + ": "
                + reference(data.channels(), data.height(), data.width());
    }

    private static String reference(int channels, int height, int width) {
        return String.format(Locale.ROOT, "%.3f", AttackSettings.referenceEpsilon(1.0, "l2", channels, height, width));
    }
}
