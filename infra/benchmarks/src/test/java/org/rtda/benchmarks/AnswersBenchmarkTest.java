package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersBenchmarkTest {

    /** 16 answers of 781,250 bytes are 12.5 MB a second; 10 x 10 times that is 1.25 GB. At 0.625 ms, 10 others take 100 ms of a second. */
    @Test
    void everyTrainersAnswersGoToAllOfThem() {
        AnswersBenchmark.Limits limits = AnswersBenchmark.limits(781_250, 0.625);

        assertThat(limits).isEqualTo(new AnswersBenchmark.Limits(10, 11));
        assertThat(limits.trainers()).isEqualTo(10);
    }
}
