package org.rtda.gateway.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import org.rtda.gateway.GatewayConfig;
import org.rtda.gateway.problem.ProblemException;

/** Reads the JSON documents that requests carry, none of them longer than is allowed. */
@ApplicationScoped
class RequestBodies {
    private final GatewayConfig config;

    RequestBodies(GatewayConfig config) {
        this.config = config;
    }

    /**
     * @throws ProblemException 413 when the body is too long
     * @throws org.rtda.contracts.check.InvalidFieldException when a value is not allowed
     */
    <T> T read(InputStream body, Class<T> type) throws IOException {
        int longest = config.gateway().maxJsonBytes();
        byte[] json = body.readNBytes(longest + 1);
        if (json.length > longest) {
            throw ProblemException.tooLarge("the body may have at most " + longest + " bytes");
        }
        return StrictJson.read(json, type);
    }
}
