package org.rtda.report;

import java.util.List;

/**
 * Views of one image side by side.
 *
 * @param caption what happened to it
 * @param views side by side, from left to right
 * @param flags of the condition it comes from
 */
public record ReportPicture(String caption, List<View> views, List<Flag> flags) {
    public ReportPicture {
        views = List.copyOf(views);
        flags = List.copyOf(flags);
    }

    /**
     * @param title what the view shows
     * @param image a PNG file as a data URI, see {@link Png}
     */
    public record View(String title, String image) {
        public View {
            if (!image.startsWith(Png.DATA_URI)) {
                throw new IllegalArgumentException("a picture must be a PNG in a data URI: a report loads nothing");
            }
        }
    }
}
