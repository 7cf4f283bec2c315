package org.rtda.gateway.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.List;
import org.rtda.contracts.EventCodec;
import org.rtda.gateway.artifact.Artifact;
import org.rtda.gateway.artifact.ArtifactAnswers;
import org.rtda.gateway.problem.ProblemException;

/** How rows are sent. */
enum ResultFormat {
    JSON(MediaType.APPLICATION_JSON_TYPE),
    CSV(MediaType.valueOf(ResultCsv.MEDIA_TYPE));

    /** Of the query parameter. */
    static final String PARAMETER =
            "takes precedence over the Accept header, which decides when it is absent; json if that allows both"
                    + " equally";

    private static final List<Variant> VARIANTS = Arrays.stream(values())
            .map(format -> new Variant(format.mediaType, (String) null, null))
            .toList();

    private final MediaType mediaType;

    ResultFormat(MediaType mediaType) {
        this.mediaType = mediaType;
    }

    private String parameter() {
        return mediaType.getSubtype();
    }

    /**
     * What a link names comes before what the Accept header prefers: who follows a link in a browser cannot choose the header.
     *
     * @param format as the query names it; null where the header decides
     * @throws ProblemException 400 for another than JSON and CSV
     */
    static ResultFormat of(String format, Request request) {
        if (format == null) {
            Variant preferred = request.selectVariant(VARIANTS);
            return preferred == null ? JSON : values()[VARIANTS.indexOf(preferred)];
        }
        return Arrays.stream(values())
                .filter(known -> known.parameter().equals(format))
                .findFirst()
                .orElseThrow(() -> ProblemException.badValue(
                        "format",
                        format,
                        "one of "
                                + Arrays.stream(values())
                                        .map(ResultFormat::parameter)
                                        .toList()));
    }

    /** Written by the types of the rows, and tagged as files are, so that whoever asks again is told that it is still so. */
    static <R> Response json(ArtifactAnswers answers, List<R> rows) {
        return answers.answer(Artifact.made(EventCodec.write(rows)), MediaType.APPLICATION_JSON)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** A file to keep. */
    static Response csv(ArtifactAnswers answers, String csv, String file) {
        return answers.answer(Artifact.made(csv), ResultCsv.MEDIA_TYPE + ";charset=UTF-8")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .build();
    }
}
