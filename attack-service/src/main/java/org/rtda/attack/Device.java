package org.rtda.attack;

import java.util.function.Supplier;
import org.rtda.contracts.AttackRequest;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.attack.Attack;

/** What makes a request's passes through the network, once its images and its network are at hand. */
@FunctionalInterface
public interface Device {
    /** The one the engine runs on, as fast as it can. */
    Device OWN = (request, from, crafting) -> crafting.get();

    /**
     * @param from the images that the attack starts from
     * @param crafting the attack itself
     */
    Attack.Perturbed perturb(AttackRequest request, ImageBatch from, Supplier<Attack.Perturbed> crafting);
}
