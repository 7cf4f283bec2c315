package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.result.SubgroupRow;

class SubgroupCsvTest {
    @Test
    void aRowIsALineAndWhatIsNotThereAnEmptyField() {
        SubgroupRow known = SubgroupRow.builder()
                .experiment("exp-1")
                .attribute("scanner")
                .subgroup("ACME, model 3")
                .classCounts(List.of(30, 12))
                .small(false)
                .images("corrupted")
                .conditions(List.of("jpeg@3", "pixelate@3"))
                .metric("balanced-accuracy")
                .value(0.5)
                .low(0.25)
                .high(0.75)
                .n(42)
                .whole(0.625)
                .difference(-0.125)
                .differenceLow(-0.25)
                .differenceHigh(0.0)
                .worst(true)
                .failedGates(List.of("noise-hurts-less"))
                .split("test")
                .build();
        SubgroupRow unknown = SubgroupRow.builder()
                .experiment("exp-1")
                .attribute("site")
                .subgroup("=north")
                .classCounts(List.of(7, 0))
                .small(true)
                .images("shift-far")
                .conditions(List.of("shift-far"))
                .metric("accuracy")
                .n(7)
                .note("no images of class ill in this subgroup")
                .worst(false)
                .failedGates(List.of())
                .split("shift-far")
                .build();

        assertThat(SubgroupCsv.write(List.of(known, unknown)).split("\r\n"))
                .containsExactly(
                        "experiment,attribute,subgroup,class_counts,small,images,conditions,metric,value,low,high,n,note,whole,"
                                + "difference,difference_low,difference_high,worst,failed_gates,split",
                        "exp-1,scanner,\"ACME, model 3\",30 12,false,corrupted,jpeg@3 pixelate@3,balanced-accuracy,0.5,0.25,0.75,42,,"
                                + "0.625,-0.125,-0.25,0.0,true,noise-hurts-less,test",
                        "exp-1,site,'=north,7 0,true,shift-far,shift-far,accuracy,,,,7,no images of class ill in this subgroup,,,,,"
                                + "false,,shift-far");
    }
}
