package org.rtda.gateway.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.rtda.gateway.problem.ProblemException;

/**
 * Refuses query parameters that the resource method does not declare: a misspelt one would silently choose something else than what
 * was asked for.
 */
class QueryParameters {
    private static final List<String> TRUTHS = List.of("true", "false");
    /** One that an int holds. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");

    private final Map<Method, Map<String, Class<?>>> declared = new ConcurrentHashMap<>();

    /** @throws ProblemException 400 naming the parameter and those that there are */
    @ServerRequestFilter
    void refuseUnknown(ContainerRequestContext request, ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method == null || !method.getDeclaringClass().getPackage().equals(QueryParameters.class.getPackage())) {
            return;
        }
        Map<String, Class<?>> known = declared.computeIfAbsent(method, QueryParameters::declaredBy);
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (!known.containsKey(name)) {
                throw ProblemException.badValue(
                        "query parameter",
                        name,
                        known.isEmpty() ? "absent, since there is none" : "one of " + known.keySet());
            }
            check(name, known.get(name), values);
        });
    }

    /**
     * The framework would take the first of several, an empty value for an absent one, any word for false, and a number that is none for a
     * path that is not there.
     */
    static void check(String name, Class<?> type, List<String> values) {
        if (type == List.class) {
            return;
        }
        if (values.size() > 1) {
            throw ProblemException.badValue(name, values, "given once");
        }
        String value = values.get(0);
        if (value.isEmpty()) {
            throw ProblemException.badValue(name, value, "not empty, or absent");
        }
        if (type == boolean.class && !TRUTHS.contains(value)) {
            throw ProblemException.badValue(name, value, "true or false");
        }
        if (type == int.class && !isWholeNumber(value)) {
            throw ProblemException.badValue(name, value, "a whole number");
        }
    }

    /** Of at most nine decimal digits; Java would also take a plus sign, and the digits of other scripts. */
    static boolean isWholeNumber(String value) {
        return WHOLE_NUMBER.matcher(value).matches();
    }

    /** Types by name, in the order of the method's parameters; those of a bean in the order of its fields. */
    static Map<String, Class<?>> declaredBy(Method method) {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Parameter parameter : method.getParameters()) {
            put(types, parameter, parameter.getName(), parameter.getType());
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    put(types, field, field.getName(), field.getType());
                }
            }
        }
        return types;
    }

    private static void put(Map<String, Class<?>> types, AnnotatedElement element, String name, Class<?> type) {
        RestQuery query = element.getAnnotation(RestQuery.class);
        if (query != null) {
            types.put(query.value().isEmpty() ? name : query.value(), type);
        }
    }
}
