package org.rtda.report;

import java.time.Instant;
import java.util.List;

/**
 * A report as data; {@link ReportPage} shows exactly this. A field may be added; anything else gets another schema version.
 *
 * @param schemaVersion version of the format of the document
 * @param id what it is about: an experiment's or a benchmark's id
 * @param title heading of the whole report
 * @param writtenAt when it was written, UTC
 * @param notices what keeps it from being final, or from being believed; empty when nothing does
 * @param sections in the order in which they are read
 */
public record Report(
        int schemaVersion, String id, String title, Instant writtenAt, List<String> notices, List<Section> sections) {
    public static final int SCHEMA_VERSION = 1;

    public Report {
        notices = List.copyOf(notices);
        sections = List.copyOf(sections);
    }

    /** Where in a report a section stands. On paper each part begins on a page of its own. */
    public enum Part {
        /** What a reader who reads one page must know. */
        FRONT,
        BODY,
        /** For readers who look something up; a report is whole without it. */
        APPENDIX
    }

    /** The same, written at another time. */
    public Report withWrittenAt(Instant time) {
        return new Report(schemaVersion, id, title, time, notices, sections);
    }

    /** The same without its appendix. */
    public Report withoutAppendix() {
        return new Report(
                schemaVersion,
                id,
                title,
                writtenAt,
                notices,
                sections.stream()
                        .filter(section -> section.part() != Part.APPENDIX)
                        .toList());
    }

    /**
     * @param id unique in the report, lower-case letters and hyphens: what links point to
     * @param title heading of the section
     * @param blocks what it says, from top to bottom
     * @param part where in the report it stands
     */
    public record Section(String id, String title, List<ReportBlock> blocks, Part part) {
        public Section {
            if (!id.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException("a section's id must be lower-case letters and hyphens, was " + id);
            }
            blocks = List.copyOf(blocks);
        }

        /** In the body. */
        public Section(String id, String title, List<ReportBlock> blocks) {
            this(id, title, blocks, Part.BODY);
        }

        public Section in(Part other) {
            return new Section(id, title, blocks, other);
        }

        public static Section of(String id, String title, ReportBlock... blocks) {
            return new Section(id, title, List.of(blocks));
        }
    }
}
