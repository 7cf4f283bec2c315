package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.result.SubgroupRow;

class SubgroupCsvTest {
    @Test
    void aRowIsALineAndWhatIsNotThereAnEmptyField() {
        SubgroupRow known = new SubgroupRow(
                "exp-1",
                "scanner",
                "ACME, model 3",
                List.of(30, 12),
                false,
                "corrupted",
                List.of("jpeg@3", "pixelate@3"),
                "balanced-accuracy",
                0.5,
                0.25,
                0.75,
                42,
                null,
                0.625,
                -0.125,
                -0.25,
                0.0,
                true,
                List.of("noise-hurts-less"),
                "test");
        SubgroupRow unknown = new SubgroupRow(
                "exp-1",
                "site",
                "=north",
                List.of(7, 0),
                true,
                "shift-far",
                List.of("shift-far"),
                "accuracy",
                null,
                null,
                null,
                7,
                "no images of class ill in this subgroup",
                null,
                null,
                null,
                null,
                false,
                List.of(),
                "shift-far");

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
