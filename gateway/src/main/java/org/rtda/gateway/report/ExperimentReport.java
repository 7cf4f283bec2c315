package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.ReportSource.Evaluation;
import org.rtda.report.Report;

/** The report of an experiment: all sections in order, from what is known when it is requested. */
public final class ExperimentReport {
    private static final List<ReportSection> SECTIONS = List.of(
            new VerdictSection(),
            new GateSection(),
            new AttackSection(),
            new WorstCaseSection(),
            new GoalSection(),
            new TransferSection(),
            new CorruptionSection(),
            new AttackedCorruptionSection(),
            new ShiftSection(),
            new SubgroupSection(),
            new ThresholdSection(),
            new CalibrationSection(),
            new ConfusionSection(),
            new GallerySection(),
            new FailureSection(),
            new ThreatModelSection(),
            new DataSection(),
            new TrainingSection(),
            new LimitsSection(),
            new ModelCardSection(),
            new ConfigurationSection(),
            new ReliabilitySection(),
            new SubgroupAccuracySection(),
            new EveryFigureSection());

    private ExperimentReport() {}

    public static Report of(ReportSource source) {
        Findings findings = new Findings(source.evaluations());
        return new Report(
                Report.SCHEMA_VERSION,
                source.submit().experimentId(),
                source.spec().method() + " on " + source.spec().dataset(),
                source.writtenAt(),
                notices(source, findings),
                SECTIONS.stream()
                        .map(section -> section.of(source, findings))
                        .filter(section -> !section.blocks().isEmpty())
                        .toList());
    }

    private static List<String> notices(ReportSource source, Findings findings) {
        List<String> notices = new ArrayList<>();
        ExperimentStatus status = source.status();
        if (status.state() == ExperimentStatus.State.FAILED) {
            notices.add("The experiment failed: " + status.reason());
        } else if (status.state() == ExperimentStatus.State.CANCELLED) {
            notices.add(
                    "The experiment was cancelled after " + status.step() + " of " + status.totalSteps() + " steps.");
        } else if (status.state() != ExperimentStatus.State.TRAINED) {
            notices.add("Training is not done: " + status.step() + " of " + status.totalSteps() + " steps.");
        } else if (findings.evaluations().isEmpty()) {
            notices.add("The final evaluation has not begun.");
        }
        for (Evaluation evaluation : findings.evaluations()) {
            if (!evaluation.completed()) {
                notices.add("The final evaluation " + evaluation.id() + " is not complete: "
                        + evaluation.measured().size() + " of " + evaluation.planned() + " conditions are measured, "
                        + evaluation.failed().size() + " failed.");
            }
        }
        if (findings.cancelled() > 0) {
            notices.add("An evaluation was cancelled: " + findings.cancelled() + " conditions were not measured.");
        }
        List<String> failed = findings.gates().stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .map(gate -> gate.flag().id() + " " + gate.flag().name())
                .toList();
        if (!failed.isEmpty()) {
            notices.add("Gates failed: " + String.join(", ", failed)
                    + ". The figures that they concern are flagged and should not be relied on.");
        }
        return notices;
    }
}
