package org.rtda.gateway.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.rtda.gateway.problem.ProblemException;

/**
 * Refuses query parameters that the resource method does not declare: a misspelt one would silently choose something else than what
 * was asked for.
 */
class QueryParameters {
    private final Map<Method, List<String>> declared = new ConcurrentHashMap<>();

    /** @throws ProblemException 400 naming the parameter and those that there are */
    @ServerRequestFilter
    void refuseUnknown(ContainerRequestContext request, ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method == null || !method.getDeclaringClass().getPackage().equals(QueryParameters.class.getPackage())) {
            return;
        }
        List<String> known = declared.computeIfAbsent(method, QueryParameters::declaredBy);
        for (String given : request.getUriInfo().getQueryParameters().keySet()) {
            if (!known.contains(given)) {
                throw ProblemException.badValue(
                        "query parameter", given, known.isEmpty() ? "absent, since there is none" : "one of " + known);
            }
        }
    }

    /** In the order of the method's parameters. */
    static List<String> declaredBy(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RestQuery.class))
                .map(QueryParameters::nameOf)
                .toList();
    }

    private static String nameOf(Parameter parameter) {
        String name = parameter.getAnnotation(RestQuery.class).value();
        return name.isEmpty() ? parameter.getName() : name;
    }
}
