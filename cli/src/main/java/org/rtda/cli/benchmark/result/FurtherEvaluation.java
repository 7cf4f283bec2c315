package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.result.ResultRow;

/** An evaluation of a trained model in addition to its final one; its results are kept in the folder. */
public interface FurtherEvaluation {
    /** For messages. */
    String id();

    /** That trained the model. */
    String experiment();

    /** What the gateway is asked for; asked twice, it makes one evaluation. */
    ObjectNode wanted();

    /** A few words on what was done, for the message that it is done. */
    String inWords();

    boolean isKept(BenchmarkFolder folder);

    void keep(BenchmarkFolder folder, Evaluation ended, List<ResultRow> rows);
}
