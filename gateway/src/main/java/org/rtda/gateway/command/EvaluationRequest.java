package org.rtda.gateway.command;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to evaluate a checkpoint again, as REST receives it.
 *
 * @param suite null with {@code transferFrom}, without it by default {@code full}
 * @param transferFrom experiments against whose models the images are made
 * @param epsilon radius of the attack on these, in pixel units; when absent that of the judged model's training
 * @param epoch of the checkpoint; the newest when absent
 * @param name of the evaluation among those of its checkpoint; when absent the suite, or {@code transfer}
 */
public record EvaluationRequest(
        @Schema(examples = "full") String suite,
        @Schema(examples = "[\"exp-3f9c2a1b0d4e\"]") List<String> transferFrom,
        Double epsilon,
        Integer epoch,
        String name) {}
