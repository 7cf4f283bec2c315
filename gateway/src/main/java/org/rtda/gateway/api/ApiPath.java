package org.rtda.gateway.api;

/** The path under which the REST API is served. */
public final class ApiPath {
    /** What every path of version 1 begins with. */
    public static final String V1 = "/api/v1";

    private ApiPath() {}
}
