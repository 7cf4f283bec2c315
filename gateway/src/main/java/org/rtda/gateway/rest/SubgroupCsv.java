package org.rtda.gateway.rest;

import java.util.List;
import java.util.stream.Collectors;
import org.rtda.contracts.result.SubgroupRow;

/** Figures by subgroup as RFC 4180, as {@link ResultCsv} writes results; what a row has several of is separated by spaces. */
final class SubgroupCsv {
    private static final String HEADER =
            "experiment,attribute,subgroup,class_counts,small,images,conditions,metric,value,low,high,n,note,whole,difference,"
                    + "difference_low,difference_high,worst,failed_gates,split";

    private SubgroupCsv() {}

    static String write(List<SubgroupRow> rows) {
        StringBuilder csv = new StringBuilder(HEADER).append("\r\n");
        for (SubgroupRow row : rows) {
            csv.append(String.join(
                            ",",
                            ResultCsv.text(row.experiment()),
                            ResultCsv.text(row.attribute()),
                            ResultCsv.text(row.subgroup()),
                            row.classCounts().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                            String.valueOf(row.small()),
                            ResultCsv.text(row.images()),
                            ResultCsv.text(String.join(" ", row.conditions())),
                            ResultCsv.text(row.metric()),
                            ResultCsv.number(row.value()),
                            ResultCsv.number(row.low()),
                            ResultCsv.number(row.high()),
                            String.valueOf(row.n()),
                            ResultCsv.text(row.note()),
                            ResultCsv.number(row.whole()),
                            ResultCsv.number(row.difference()),
                            ResultCsv.number(row.differenceLow()),
                            ResultCsv.number(row.differenceHigh()),
                            String.valueOf(row.worst()),
                            ResultCsv.text(String.join(" ", row.failedGates())),
                            ResultCsv.text(row.split())))
                    .append("\r\n");
        }
        return csv.toString();
    }
}
