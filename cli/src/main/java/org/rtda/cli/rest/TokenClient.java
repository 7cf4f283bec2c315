package org.rtda.cli.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The gateway's service tokens. Calls fail as those of {@link GatewayClient} do. */
public final class TokenClient {
    private final GatewayConnection connection;

    TokenClient(GatewayConnection connection) {
        this.connection = connection;
    }

    /** The service tokens, by name; for owners. */
    public List<TokenEntry> list() {
        return connection.get(GatewayConnection.API + "/tokens", new TypeReference<>() {});
    }

    /**
     * Makes a service token; for owners.
     *
     * @param expiresInDays null for never
     * @return with its text, which cannot be asked for again
     */
    public TokenEntry create(String name, String role, Integer expiresInDays) {
        ObjectNode wanted =
                JsonNodeFactory.instance.objectNode().put("name", name).put("role", role);
        if (expiresInDays != null) {
            wanted.put("expiresInDays", expiresInDays);
        }
        return connection.read(connection.post(GatewayConnection.API + "/tokens", wanted), new TypeReference<>() {});
    }

    /**
     * Makes a service token useless; for owners.
     *
     * @throws GatewayRefusal 404 when there is none of that name
     */
    public void revoke(String name) {
        connection.delete(GatewayConnection.API + "/tokens/" + GatewayConnection.encoded(name));
    }
}
