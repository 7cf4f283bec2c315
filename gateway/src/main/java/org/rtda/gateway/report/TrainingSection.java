package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Chart;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** How the model was trained, with what loss, by whom, and how long that took. */
final class TrainingSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks = new ArrayList<>();
        ExperimentStatus status = source.status();
        blocks.add(ReportBlock.formula(
                status.objective() == null
                        ? "The loss is not known yet: no trainer has begun."
                        : source.spec().method() + ": " + status.objective()));
        blocks.add(ReportBlock.facts(facts(source)));
        if (source.training().isEmpty()) {
            blocks.add(ReportBlock.text("No step is done yet."));
            return new Report.Section("training", "Training", blocks);
        }
        List<Chart.Series> losses = new ArrayList<>();
        losses.add(series("loss", source.training(), TrainingMetric::loss));
        names(source.training(), TrainingMetric::terms)
                .forEach(name -> losses.add(
                        series(name, source.training(), m -> m.terms().get(name))));
        blocks.add(ReportBlock.chart(new Chart("Training loss by step", "step", "loss", null, null, losses)));
        List<Chart.Series> shares = names(source.training(), TrainingMetric::accuracy).stream()
                .map(name -> series(name, source.training(), m -> m.accuracy().get(name)))
                .toList();
        blocks.add(ReportBlock.chart(new Chart(
                "Share of the batch classified rightly, by view and step", "step", "accuracy", 0.0, 1.0, shares)));
        return new Report.Section("training", "Training", blocks);
    }

    private static List<ReportBlock.Fact> facts(ReportSource source) {
        ExperimentSpec spec = source.spec();
        ExperimentStatus status = source.status();
        List<ReportBlock.Fact> facts = new ArrayList<>();
        facts.add(new ReportBlock.Fact("Method", spec.method()));
        facts.add(new ReportBlock.Fact(
                "Network",
                spec.network()
                        + (spec.initialWeights() == null
                                ? ", random initial weights"
                                : ", initial weights SHA-256 "
                                        + spec.initialWeights().sha256())));
        facts.add(new ReportBlock.Fact("Seed", String.valueOf(spec.seed())));
        facts.add(new ReportBlock.Fact(
                "Steps",
                status.step() + " of " + status.totalSteps() + ", " + status.epoch() + " of " + spec.epochs()
                        + " epochs, " + spec.batchSize() + " images a batch"));
        facts.add(new ReportBlock.Fact(
                "Optimiser",
                spec.optimizer().name() + ", learning rate "
                        + AttackDescription.number(spec.optimizer().learningRate()) + " ("
                        + spec.optimizer().schedule()
                        + "), weight decay "
                        + AttackDescription.number(spec.optimizer().weightDecay())));
        facts.add(new ReportBlock.Fact(
                "Selected epoch",
                source.checkpoint()
                        .filter(checkpoint -> checkpoint.selectedEpoch() != null)
                        .map(checkpoint ->
                                checkpoint.selectedEpoch() + ", by robust balanced accuracy on validation images"
                                        + (spec.selection().takesBest()
                                                ? ""
                                                : " (the last epoch's weights are the result all the same)"))
                        .orElse("the last")));
        facts.add(new ReportBlock.Fact(
                "Model",
                source.checkpoint()
                        .map(checkpoint ->
                                "weights SHA-256 " + checkpoint.weights().sha256() + ", ONNX SHA-256 "
                                        + checkpoint.model().sha256())
                        .orElse("none saved yet")));
        facts.add(new ReportBlock.Fact(
                "Trainer", status.trainer() == null ? "none yet" : status.trainer() + " on " + status.device()));
        facts.add(new ReportBlock.Fact("Attempt", String.valueOf(status.attempt())));
        facts.add(new ReportBlock.Fact("Wall time", wallTime(source)));
        facts.add(new ReportBlock.Fact(
                "Versions", "report written by " + source.version() + "; the trainer’s own version is not recorded"));
        return facts;
    }

    /** What the training took, in a sentence. */
    static String cost(ReportSource source) {
        ExperimentStatus status = source.status();
        return source.training().isEmpty()
                ? "No step of training is done yet."
                : "Training took " + wallTime(source) + "."
                        + (status.device() == null ? "" : " It ran on " + status.device() + ".")
                        + " One attack step is one more forward and backward pass of each image; the attack of training has "
                        + source.trainingAttack().steps() + ".";
    }

    private static String wallTime(ReportSource source) {
        List<TrainingMetric> training = source.training();
        if (training.isEmpty()) {
            return "none yet";
        }
        long steps = source.status().step();
        double mean = training.stream()
                .mapToDouble(TrainingMetric::stepMillis)
                .average()
                .orElseThrow();
        double waiting = training.stream()
                .mapToDouble(TrainingMetric::waitMillis)
                .average()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "%.0f s in %d steps, %.0f s of it waiting for workers%s",
                mean * steps / 1000,
                steps,
                waiting * steps / 1000,
                training.size() < steps ? " (from the mean of " + training.size() + " steps that are kept)" : "");
    }

    private static Chart.Series series(
            String name, List<TrainingMetric> training, Function<TrainingMetric, Double> value) {
        return new Chart.Series(
                name,
                Chart.Style.LINE,
                training.stream()
                        .filter(m -> value.apply(m) != null)
                        .map(m -> Chart.Point.bare(m.step(), value.apply(m)))
                        .toList());
    }

    private static TreeSet<String> names(
            List<TrainingMetric> training, Function<TrainingMetric, Map<String, Double>> of) {
        TreeSet<String> names = new TreeSet<>();
        training.forEach(m -> names.addAll(of.apply(m).keySet()));
        return names;
    }
}
