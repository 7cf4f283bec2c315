package org.rtda.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rtda.contracts.DatasetManifest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;

/** Builds an experiment's report from what is known at the moment. */
final class Report {
    private static final List<String> THREAT_MODEL = List.of(
            "White box and untargeted: the attacker knows the weights and the preprocessing, and any wrong class counts.",
            "Primary norm L2, on the image in [0,1] at its own channel count; radii are in pixel units.",
            "Normalisation is a layer of the model, so images are attacked and judged in pixel space.",
            "Float32 from end to end: adversarial images are never rounded to 8 bits.",
            "The exported ONNX model is judged, on another engine than the one that trains and attacks.");

    private Report() {}

    /** What a report is made of, copied from the view. */
    record Source(
            ExperimentCommand.Submit submit,
            ExperimentStatus status,
            List<TrainingMetric> training,
            EvaluationView.Progress progress,
            List<RobustnessMetric.Measured> measured,
            List<RobustnessMetric.Failed> failed) {
        static Source of(ExperimentView view) {
            Optional<EvaluationView> evaluation = view.finalEvaluation();
            return new Source(
                    view.submit().orElseThrow(),
                    view.status(),
                    view.training(),
                    evaluation.map(EvaluationView::progress).orElse(EvaluationView.Progress.NONE),
                    evaluation.map(EvaluationView::measured).orElse(List.of()),
                    evaluation.map(EvaluationView::failed).orElse(List.of()));
        }
    }

    /** @param manifest of its data set; empty when the store does not give it */
    static ReportModel of(Source source, Optional<DatasetManifest> manifest) {
        ExperimentSpec spec = source.submit.spec();
        ReportFigures figures = new ReportFigures(source.measured);
        return new ReportModel(
                source.submit.experimentId(),
                spec.method() + " on " + spec.dataset(),
                notice(source),
                headline(source, figures),
                configuration(spec),
                source.status.objective() == null ? "not known yet: no trainer has begun" : source.status.objective(),
                THREAT_MODEL,
                data(source.submit, manifest),
                new SvgChart(
                                "Accuracy under L2 attack against its radius, with 95% intervals",
                                "L2 radius (pixel units)", "share of images")
                        .between(0, 1)
                        .add("accuracy", figures.robustnessCurve("accuracy"))
                        .add("majority-class rate", withoutIntervals(figures.robustnessCurve("majority-rate")))
                        .render(),
                figures.robustness(),
                figures.checks(),
                figures.corruptions(),
                figures.shifts(),
                source.failed.stream()
                        .map(f -> new ReportModel.Fact(f.condition().label(), f.reason()))
                        .toList(),
                lossChart(source.training),
                accuracyChart(source.training),
                figures.all(),
                limits(spec, figures));
    }

    private static String notice(Source source) {
        ExperimentStatus status = source.status;
        if (status.state() == ExperimentStatus.State.FAILED) {
            return "The experiment failed: " + status.reason();
        }
        if (status.state() == ExperimentStatus.State.CANCELLED) {
            return "The experiment was cancelled after " + status.step() + " of " + status.totalSteps() + " steps.";
        }
        if (status.state() != ExperimentStatus.State.TRAINED) {
            return "Training is not done: " + status.step() + " of " + status.totalSteps() + " steps.";
        }
        if (!source.progress.completed()) {
            return "The final evaluation is not complete: " + source.progress.measured() + " of "
                    + source.progress.planned() + " conditions are measured, " + source.progress.failed() + " failed.";
        }
        return null;
    }

    private static List<ReportModel.Fact> headline(Source source, ReportFigures figures) {
        List<ReportModel.Fact> facts = new ArrayList<>();
        facts.add(new ReportModel.Fact("State", source.status.state().toString()));
        figures.clean().ifPresent(clean -> {
            facts.add(new ReportModel.Fact("Clean accuracy", ReportFigures.text(clean, "accuracy")));
            facts.add(new ReportModel.Fact("Majority-class rate", ReportFigures.text(clean, "majority-rate")));
            facts.add(new ReportModel.Fact("Clean balanced accuracy", ReportFigures.text(clean, "balanced-accuracy")));
        });
        return List.copyOf(facts);
    }

    private static List<ReportModel.Fact> configuration(ExperimentSpec spec) {
        List<ReportModel.Fact> facts = new ArrayList<>();
        flatten("", EventCodec.mapper().valueToTree(spec), facts);
        return List.copyOf(facts);
    }

    private static void flatten(String path, JsonNode node, List<ReportModel.Fact> facts) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), facts));
        } else {
            facts.add(new ReportModel.Fact(path, node.isTextual() ? node.asText() : node.toString()));
        }
    }

    private static List<ReportModel.Fact> data(ExperimentCommand.Submit submit, Optional<DatasetManifest> manifest) {
        List<ReportModel.Fact> facts = new ArrayList<>();
        facts.add(new ReportModel.Fact("Data set", submit.dataset().name()));
        facts.add(new ReportModel.Fact(
                "Manifest", "sha256 " + submit.dataset().manifest().sha256()));
        if (manifest.isEmpty()) {
            facts.add(new ReportModel.Fact("Details", "not available: the store does not give the manifest"));
            return List.copyOf(facts);
        }
        DatasetManifest data = manifest.get();
        facts.add(new ReportModel.Fact("Provenance", orNotStated(data.provenance())));
        facts.add(new ReportModel.Fact("Licence", orNotStated(data.licence())));
        facts.add(new ReportModel.Fact(
                "Images",
                data.channels() + " x " + data.height() + " x " + data.width() + " (channels, rows, columns)"));
        facts.add(new ReportModel.Fact("Classes", String.join(", ", data.classes())));
        new TreeMap<>(data.splits())
                .forEach((name, split) -> facts.add(new ReportModel.Fact(
                        "Split " + name, split.count() + " images, by class " + split.classCounts())));
        new TreeSet<>(data.sourceSha256().values())
                .forEach(sha256 -> facts.add(new ReportModel.Fact("Source file", "sha256 " + sha256)));
        return List.copyOf(facts);
    }

    private static String orNotStated(String text) {
        return text == null || text.isBlank() ? "not stated" : text;
    }

    private static List<SvgChart.Point> withoutIntervals(List<SvgChart.Point> points) {
        return points.stream().map(p -> SvgChart.Point.bare(p.x(), p.y())).toList();
    }

    private static String lossChart(List<TrainingMetric> training) {
        SvgChart chart = new SvgChart("Training loss by step", "step", "loss")
                .add(
                        "loss",
                        training.stream()
                                .map(m -> SvgChart.Point.bare(m.step(), m.loss()))
                                .toList());
        termNames(training, true)
                .forEach(name -> chart.add(
                        name,
                        training.stream()
                                .filter(m -> m.terms().containsKey(name))
                                .map(m ->
                                        SvgChart.Point.bare(m.step(), m.terms().get(name)))
                                .toList()));
        return chart.render();
    }

    private static String accuracyChart(List<TrainingMetric> training) {
        SvgChart chart = new SvgChart("Share of the batch classified rightly, by view and step", "step", "accuracy")
                .between(0, 1);
        termNames(training, false)
                .forEach(name -> chart.add(
                        name,
                        training.stream()
                                .filter(m -> m.accuracy().containsKey(name))
                                .map(m -> SvgChart.Point.bare(
                                        m.step(), m.accuracy().get(name)))
                                .toList()));
        return chart.render();
    }

    private static TreeSet<String> termNames(List<TrainingMetric> training, boolean terms) {
        TreeSet<String> names = new TreeSet<>();
        training.forEach(m -> names.addAll((terms ? m.terms() : m.accuracy()).keySet()));
        return names;
    }

    private static List<String> limits(ExperimentSpec spec, ReportFigures figures) {
        List<String> limits = new ArrayList<>();
        limits.add("Not for clinical use: a research result on one data set, without regulatory review.");
        figures.clean()
                .flatMap(m -> ReportFigures.figure(m, "accuracy"))
                .filter(f -> f.low() != null)
                .ifPresent(f -> limits.add(String.format(
                        Locale.ROOT,
                        "The test set has %d images: the interval of clean accuracy is %.1f points wide. A difference"
                                + " inside the intervals is not a difference.",
                        f.n(),
                        100 * (f.high() - f.low()))));
        limits.add("One training run with seed " + spec.seed()
                + ": how much the figures vary from seed to seed is not part of the intervals.");
        limits.add(
                "Robust accuracy is measured with PGD of " + spec.evaluation().attackSteps()
                        + " steps and one random start: an upper bound, stronger attacks may lower it.");
        limits.add(
                "Corruptions use MedMNIST-C's parameters, made for 224 x 224 pixels; at smaller sizes kernel sizes and"
                        + " pixelate factors are scaled with the side. Brightness and contrast are close to operations that AugMix"
                        + " trains on; the others are held out.");
        if (spec.lookahead() > 0) {
            limits.add("Trained with lookahead " + spec.lookahead()
                    + ": adversarial images were crafted on weights up to " + spec.lookahead() + " steps older.");
        }
        return List.copyOf(limits);
    }
}
