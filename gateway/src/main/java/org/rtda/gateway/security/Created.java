package org.rtda.gateway.security;

import io.vertx.ext.web.RoutingContext;

/** Tells the audit log what a request has made, where the answer's Location does not name it. */
public final class Created {
    private static final String KEY = Created.class.getName();

    private Created() {}

    /** @param name an evaluation's id or an object's key; without patient data, as all names */
    public static void tell(RoutingContext context, String name) {
        context.put(KEY, name);
    }

    /** Null where nothing was told. */
    static String of(RoutingContext context) {
        return context.get(KEY);
    }
}
