package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.core.ImageBatch;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.GalleryOrder;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Png;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportPicture;

/** Images that a perturbation turned: as they are, perturbed, and what was added, amplified. */
final class GallerySection implements ReportSection {
    private static final int MOST = 12;

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> withGallery =
                findings.measured().stream().filter(m -> m.gallery() != null).toList();
        if (withGallery.isEmpty()) {
            return section(List.of());
        }
        if (!source.withGallery()) {
            return section(List.of(ReportBlock.text("Left out on request: the images are patients’.")));
        }
        List<String> notes = new ArrayList<>();
        List<GalleryOrder.Kept> kept = new ArrayList<>();
        for (Measured m : withGallery) {
            source.documents()
                    .gallery(m.gallery())
                    .ifPresentOrElse(
                            gallery -> kept.add(new GalleryOrder.Kept(m, gallery)),
                            () -> notes.add("The store does not give the images of "
                                    + m.condition().label() + "."));
        }
        List<ReportPicture> pictures = new ArrayList<>();
        int leftOut = 0;
        for (GalleryOrder.Shown shown : GalleryOrder.of(kept)) {
            if (pictures.size() == MOST) {
                leftOut++;
                continue;
            }
            Gallery.Picture picture = shown.picture();
            Optional<ImageBatch> clean = source.documents().pixels(picture.clean());
            Optional<ImageBatch> perturbed = source.documents().pixels(picture.perturbed());
            if (clean.isEmpty() || perturbed.isEmpty()) {
                notes.add("Image " + picture.index() + " of "
                        + shown.measured().condition().label() + " cannot be read.");
            } else {
                pictures.add(
                        picture(findings, shown.measured(), shown.gallery(), picture, clean.get(), perturbed.get()));
            }
        }
        if (leftOut > 0) {
            notes.add(leftOut + " more images are kept and not shown: at most " + MOST
                    + ", of every condition in turn one, those first under which balanced accuracy is lowest.");
        }
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(ReportBlock.text(
                "The first images of each class that the model judges rightly as they are and wrongly as they were"
                        + " perturbed. Drawn with 8 bits, while the model saw float32. The difference is drawn around mid grey,"
                        + " multiplied as its title says, so that its greatest value is black or white."));
        if (!pictures.isEmpty()) {
            blocks.add(ReportBlock.pictures(pictures));
        }
        notes.forEach(note -> blocks.add(ReportBlock.text(note)));
        return section(blocks);
    }

    private static Report.Section section(List<ReportBlock> blocks) {
        return new Report.Section("gallery", "Images that were turned", blocks);
    }

    private static ReportPicture picture(
            Findings findings,
            Measured m,
            Gallery gallery,
            Gallery.Picture picture,
            ImageBatch clean,
            ImageBatch perturbed) {
        float[] before = clean.pixels();
        float[] after = perturbed.pixels();
        float largest = 0;
        for (int i = 0; i < before.length; i++) {
            largest = Math.max(largest, Math.abs(after[i] - before[i]));
        }
        float amplification = largest == 0 ? 1 : 0.5f / largest;
        float[] difference = new float[before.length];
        for (int i = 0; i < before.length; i++) {
            difference[i] = 0.5f + amplification * (after[i] - before[i]);
        }
        List<String> classes = gallery.classes();
        return new ReportPicture(
                String.format(
                        Locale.ROOT,
                        "%s, image %d of %s: is %s, judged %s as it is and %s perturbed; no value changed by more than %s.",
                        m.condition().label(),
                        picture.index(),
                        m.condition().split(),
                        classes.get(picture.label()),
                        classes.get(picture.predictedClean()),
                        classes.get(picture.predictedPerturbed()),
                        AttackDescription.number(largest)),
                List.of(
                        view("as it is", before, clean),
                        view("perturbed", after, clean),
                        view("difference × " + AttackDescription.number(amplification), difference, clean)),
                findings.flags(m));
    }

    private static ReportPicture.View view(String title, float[] values, ImageBatch shaped) {
        return new ReportPicture.View(title, Png.dataUri(values, shaped.channels(), shaped.height(), shaped.width()));
    }
}
