package org.rtda.gateway.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Connections that break before a chosen statement or commit, or right after a chosen commit. */
final class CutConnections {
    /** Connection exception of the SQL standard. */
    private static final String BROKEN = "08006";

    private static final Set<String> STEPS = Set.of("prepareStatement", "createStatement", "commit");

    private final String sqlState;
    private final String reason;
    private long steps;
    private long cutBefore = Long.MAX_VALUE;
    private boolean cutAfterCommit;

    CutConnections() {
        this(BROKEN, "cut");
    }

    /** Connections that fail so. */
    CutConnections(String sqlState, String reason) {
        this.sqlState = sqlState;
        this.reason = reason;
    }

    DataSource over(DataSource connections) {
        return (DataSource) proxy(DataSource.class, (self, method, arguments) -> {
            Object result = call(connections, method, arguments);
            return result instanceof Connection connection ? wrapped(connection) : result;
        });
    }

    /** The n-th step from now on, counted from 1, is not made. */
    void cutBefore(long step) {
        steps = 0;
        cutBefore = step;
    }

    /** The next commit is made, but nobody hears of it. */
    void cutAfterCommit() {
        cutAfterCommit = true;
    }

    void mend() {
        cutBefore = Long.MAX_VALUE;
        cutAfterCommit = false;
    }

    private Connection wrapped(Connection connection) {
        return (Connection) proxy(Connection.class, (self, method, arguments) -> {
            if (STEPS.contains(method.getName()) && ++steps == cutBefore) {
                throw new SQLException(reason + " before " + method.getName(), sqlState);
            }
            Object result = call(connection, method, arguments);
            if (method.getName().equals("commit") && cutAfterCommit) {
                throw new SQLException(reason + " after commit", sqlState);
            }
            return result;
        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(CutConnections.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
