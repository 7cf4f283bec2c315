package org.rtda.faults.proxy;

/** The proxies between one kind of service and the broker and the store. */
public final class Link implements AutoCloseable {
    private final TcpProxy broker = new TcpProxy(Passage.BYTES);
    private final HttpPassage calls = new HttpPassage();
    private final TcpProxy store = new TcpProxy(calls);

    public TcpProxy broker() {
        return broker;
    }

    public TcpProxy store() {
        return store;
    }

    /** With the calls that go to the store. */
    public void interfere(Interference interference) {
        calls.interfere(interference);
    }

    /** As at the beginning. */
    public void restore() {
        calls.interfere(Interference.NONE);
        broker.restore();
        store.restore();
    }

    @Override
    public void close() {
        broker.close();
        store.close();
    }
}
