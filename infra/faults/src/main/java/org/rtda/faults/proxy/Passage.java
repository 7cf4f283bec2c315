package org.rtda.faults.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How a proxy forwards a client's bytes. */
interface Passage {
    /** Byte for byte. */
    Passage BYTES = (fromClient, toServer, toClient) -> fromClient.transferTo(toServer);

    /**
     * Runs as long as the connection does, on a thread of its own, beside another that passes on what the server says.
     * When it returns, the client will say no more.
     *
     * @param toClient for an answer in the server's place
     */
    void pass(InputStream fromClient, OutputStream toServer, OutputStream toClient) throws IOException;
}
