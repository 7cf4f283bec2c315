package org.rtda.gateway.rest;

import java.util.List;
import org.rtda.contracts.result.ResultRow;

/** Result rows as RFC 4180: a header line, CRLF line ends, an empty field where there is no value. */
public final class ResultCsv {
    private static final String HEADER =
            "experiment,dataset,method,seed,condition,metric,value,low,high,n,note,evaluation,failed_gates,"
                    + "healthy_class_assumed,constant,constant_answer,subset_images,subset_of,suite,evaluation_name";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    static final String MEDIA_TYPE = "text/csv";

    private ResultCsv() {}

    public static String write(List<ResultRow> rows) {
        StringBuilder csv = new StringBuilder(HEADER).append("\r\n");
        for (ResultRow row : rows) {
            csv.append(String.join(
                            ",",
                            text(row.experiment()),
                            text(row.dataset()),
                            text(row.method()),
                            String.valueOf(row.seed()),
                            text(row.condition()),
                            text(row.metric()),
                            number(row.value()),
                            number(row.low()),
                            number(row.high()),
                            String.valueOf(row.n()),
                            text(row.note()),
                            text(row.evaluation()),
                            text(String.join(" ", row.failedGates())),
                            row.healthyClassAssumed() == null
                                    ? ""
                                    : row.healthyClassAssumed().toString(),
                            number(row.constant()),
                            text(row.constantAnswer()),
                            row.subset() == null
                                    ? ""
                                    : String.valueOf(row.subset().images()),
                            row.subset() == null
                                    ? ""
                                    : String.valueOf(row.subset().of()),
                            text(row.suite()),
                            text(row.evaluationName())))
                    .append("\r\n");
        }
        return csv.toString();
    }

    static String number(Double value) {
        return value == null ? "" : value.toString();
    }

    /** Quoted where it must be; a text that a spreadsheet would run as a formula is led by an apostrophe. */
    static String text(String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String safe = FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
