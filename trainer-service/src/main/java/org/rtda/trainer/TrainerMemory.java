package org.rtda.trainer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;
import org.rtda.contracts.ByteSize;

/** How much memory this trainer has for itself and a run. */
final class TrainerMemory {
    private static final Logger LOG = Logger.getLogger(TrainerMemory.class);

    private TrainerMemory() {}

    /**
     * As the setting has it; else the limit of the container or, without one, what the machine has. That of a GPU is not known
     * here: without the setting every run is begun there.
     *
     * @param device as {@link org.rtda.nn.pytorch.engine.TorchEngine#deviceName} has it
     */
    static long bytes(TrainerConfig config, String device) {
        long bytes = config.trainerMemory()
                .map(memory -> ByteSize.parse(TrainerConfig.TRAINER_MEMORY, memory))
                .orElseGet(() -> device.equals("cpu") ? memoryOfContainerOrMachine() : Long.MAX_VALUE);
        LOG.infof(
                "runs on %s may need %s",
                device, bytes == Long.MAX_VALUE ? "any amount of memory" : "at most " + ByteSize.inWords(bytes));
        return bytes;
    }

    /** The JVM looks at the container's limit first. */
    private static long memoryOfContainerOrMachine() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }
}
