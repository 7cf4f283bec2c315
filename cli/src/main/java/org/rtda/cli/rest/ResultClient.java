package org.rtda.cli.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.result.SubgroupRow;

/** The results of the gateway's experiments. Calls fail as those of {@link GatewayClient} do. */
public final class ResultClient {
    private final GatewayConnection connection;

    ResultClient(GatewayConnection connection) {
        this.connection = connection;
    }

    /** Of the final evaluation; empty before there is one. */
    public List<ResultRow> of(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/results"), new TypeReference<>() {});
    }

    /** @param evaluation its id or name; null for the final one of the experiment's own */
    public List<ResultRow> of(String id, String evaluation) {
        return evaluation == null
                ? of(id)
                : connection.get(
                        GatewayConnection.ofExperiment(
                                id, "/results?evaluation=" + GatewayConnection.encoded(evaluation)),
                        new TypeReference<>() {});
    }

    /** Of the final evaluation, by subgroup; empty where none are told, as by a gateway of an earlier build. */
    public List<SubgroupRow> subgroups(String id) {
        try {
            return connection.get(GatewayConnection.ofExperiment(id, "/results/subgroups"), new TypeReference<>() {});
        } catch (GatewayRefusal e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    /** As {@link #of(String, String)}, as CSV with a header line. */
    public String csv(String id, String evaluation) {
        String of = evaluation == null ? "" : "&evaluation=" + GatewayConnection.encoded(evaluation);
        return new String(
                connection.get(GatewayConnection.ofExperiment(id, "/results?format=csv" + of)), StandardCharsets.UTF_8);
    }

    /** As {@link #subgroups}, as CSV with a header line. */
    public String subgroupsCsv(String id) {
        return new String(
                connection.get(GatewayConnection.ofExperiment(id, "/results/subgroups?format=csv")),
                StandardCharsets.UTF_8);
    }

    /** One a step, by step; of very long runs an even selection. */
    public List<TrainingMetric> training(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/training"), new TypeReference<>() {});
    }

    /**
     * Of the final evaluation.
     *
     * @param condition as the results name it
     * @return empty when they were not kept
     */
    public Optional<Predictions> predictions(String id, String condition) {
        try {
            return Optional.of(connection.get(
                    GatewayConnection.ofExperiment(
                            id, "/predictions?condition=" + GatewayConnection.encoded(condition)),
                    new TypeReference<Predictions>() {}));
        } catch (GatewayRefusal e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All messages of all evaluations so far. */
    public List<RobustnessMetric> messages(String id) {
        return connection.get(GatewayConnection.ofExperiment(id, "/robustness"), new TypeReference<>() {});
    }
}
